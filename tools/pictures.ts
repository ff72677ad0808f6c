import { chromium, type Browser, type Locator, type Page } from '@playwright/test'
import path from 'node:path'
import { controlClient } from '../simulator/control/client.ts'
import { demoUser } from '../simulator/fleet/fleet.ts'
import { startSimulator } from '../simulator/server.ts'
import { startApp } from './app-server.ts'
import { PICTURES, type Picture, type Shown } from './pictures/pictures.ts'
import { findBrowser } from './programs.ts'
import { ROOT } from './root.ts'

// npm run pictures: takes the documents' pictures from the demo, each in light and in dark. `npm run pictures -- list bulk` takes only
// these two.

const FOLDER = path.join(ROOT, 'docs/pictures')
const SIZE = { width: 1000, height: 1100 }
/** The space around a dialog or a menu, in CSS pixels. */
const MARGIN = 20
/** The space below a part of a page: less than the gap between two cards. */
const GAP = 12

const names = process.argv.slice(2)
const unknown = names.filter((name) => !PICTURES.some((picture) => picture.name === name))
const executablePath = findBrowser()
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
if (unknown.length > 0) stop(`No picture is called ${unknown.join(' or ')}.`)
else if (!(await hasInter(browser)))
  stop('The font Inter is not installed. On Debian: apt-get install fonts-inter')
else
  for (const picture of PICTURES) if (names.length === 0 || names.includes(picture.name)) await take(picture)
await browser.close()

function stop(reason: string): void {
  console.error(reason)
  process.exitCode = 1
}

/** Takes a picture from a demo of its own, so that no picture shows what another one changed. */
async function take({
  name,
  size = SIZE,
  machines = 42,
  speed = 1,
  signedIn = true,
  keepsPointer = false,
  show,
}: Picture): Promise<void> {
  const simulator = await startSimulator({ port: 0, machines, speed, control: true })
  const app = await startApp({ bigvUrl: simulator.url, demo: demoUser })
  const page = await browser.newPage({ viewport: size, locale: 'en-GB', deviceScaleFactor: 1.5 })
  try {
    // Chromium's system-ui is DejaVu Sans on Debian, even if Inter is installed.
    await page.addInitScript(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(':root { --font-sans: Inter, sans-serif }')
      document.adoptedStyleSheets = [sheet]
    })
    page.setDefaultTimeout(15_000)
    await page.goto(app.url)
    if (signedIn) await signIn(page)
    const shown = await show(page, { url: app.url, control: controlClient(simulator.url) })
    const clip = shown && (await clipOf(page, shown))
    if (!keepsPointer) await page.mouse.move(0, 0)
    for (const colorScheme of ['light', 'dark'] as const) {
      const file = `${name}-${colorScheme}.png`
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: path.join(FOLDER, file), animations: 'disabled', ...(clip && { clip }) })
      console.log(`docs/pictures/${file}`)
    }
  } finally {
    await page.close()
    await app.close()
    await simulator.close()
  }
}

async function signIn(page: Page): Promise<void> {
  await page.getByText('Options', { exact: true }).click()
  await page.getByLabel('Stay signed in on this tab').check()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'default' }).waitFor()
  await page.getByRole('button', { name: 'Dismiss suggestions' }).click()
}

/** The part of the window that a picture shows. */
async function clipOf(page: Page, { of, from, downTo }: Shown) {
  if (of) {
    const { x, y, width, height } = await boxOf(of)
    return { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN }
  }
  const main = await boxOf(page.getByRole('main'))
  const last = await boxOf(downTo)
  const top = from ? (await boxOf(from)).y : main.y
  const bottom = Math.min(last.y + last.height + GAP, page.viewportSize()?.height ?? Infinity)
  return { ...main, y: top, height: bottom - top }
}

async function boxOf(element: Locator) {
  const box = await element.last().boundingBox()
  if (!box) throw new Error(`Not shown: ${element.toString()}`)
  return box
}

/** A font that isn't installed is as wide as the one to fall back to. */
async function hasInter(on: Browser): Promise<boolean> {
  const page = await on.newPage()
  const [inter, fallback] = await page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d')
    return ['Inter, monospace', 'monospace'].map((family) => {
      if (context) context.font = `40px ${family}`
      return context?.measureText('Machines').width
    })
  })
  await page.close()
  return inter !== fallback
}
