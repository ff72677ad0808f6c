import { chromium, type Page } from '@playwright/test'
import path from 'node:path'
import { demoUser } from '../simulator/fleet/fleet.ts'
import { startSimulator } from '../simulator/server.ts'
import { startApp } from './app-server.ts'
import { findBrowser } from './programs.ts'
import { ROOT } from './root.ts'

// npm run pictures: takes the README's pictures from the running demo.

const FOLDER = path.join(ROOT, 'docs/pictures')
const GROUP = '/accounts/acme/groups/default'

const simulator = await startSimulator({ port: 0, machines: 42, speed: 1 })
const app = await startApp({ bigvUrl: simulator.url, demo: demoUser })
const executablePath = findBrowser()
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})

await take('list', { width: 1280, height: 800 }, 'light', async (page) => {
  await page.getByRole('link', { name: 'app1', exact: true }).waitFor()
  await page
    .getByRole('row')
    .filter({ hasText: /\d+\.\d+\.\d+\.\d+/ })
    .first()
    .waitFor()
})
await take('machine', { width: 1280, height: 860 }, 'dark', async (page) => {
  await page.goto(`${app.url}${GROUP}/virtual_machines/stubborn`)
  await page.getByRole('button', { name: 'Shut down' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Shut down' }).click()
  await page.getByText('overdue after 2 min').waitFor()
})
await take('create', { width: 1280, height: 800 }, 'light', async (page) => {
  await page.goto(`${app.url}${GROUP}/vm_create`)
  await page.getByLabel('Name', { exact: true }).fill('web20')
  await page.getByRole('button', { name: 'Next: image' }).click()
  await page.getByRole('radio', { name: 'wheezy' }).check()
})
await take('bulk', { width: 1280, height: 800 }, 'light', async (page) => {
  await page.getByRole('link', { name: 'app1', exact: true }).waitFor()
  await page.getByRole('checkbox', { name: 'Select app1', exact: true }).check()
  const bar = page.getByRole('region', { name: 'Selected machines' })
  await bar.getByRole('button', { name: /^Select all/ }).click()
  await bar.getByRole('button', { name: 'Actions' }).click()
  await page.getByRole('menuitem', { name: 'Restart…' }).click()
  await page
    .getByRole('alertdialog')
    .getByText(/not running/)
    .first()
    .waitFor()
})
await take('plan', { width: 1280, height: 860 }, 'dark', async (page) => {
  await page.goto(`${app.url}${GROUP}/virtual_machines/app1?tab=settings`)
  await page.getByLabel('Cores').fill('8')
  await page.getByRole('button', { name: 'Shut down, change, start…' }).first().click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Shut down, change, start' }).click()
  await page.getByText('overdue after 2 min').waitFor()
  await page.evaluate(() => scrollTo(0, 0))
})
await take('keys', { width: 1280, height: 860 }, 'light', async (page) => {
  await page.goto(`${app.url}${GROUP}/virtual_machines/app1?tab=keys`)
  await page.getByRole('button', { name: 'Ctrl Alt Delete' }).click()
})
await take('reimage', { width: 1280, height: 860 }, 'dark', async (page) => {
  await page.goto(`${app.url}${GROUP}/virtual_machines/app1?tab=settings`)
  await page.getByRole('button', { name: 'Re-image', exact: true }).click()
  await page.getByRole('dialog').getByRole('radio', { name: 'wheezy' }).check()
})
await take('discs', { width: 1280, height: 860 }, 'light', async (page) => {
  await page.goto(`${app.url}${GROUP}/virtual_machines/app1?tab=discs`)
  await page.getByRole('heading', { name: 'Backups' }).waitFor()
})
await take('swap', { width: 1280, height: 860 }, 'light', async (page) => {
  await page.goto(`${app.url}${GROUP}/virtual_machines/app1?tab=network`)
  await page.getByRole('button', { name: 'Swap addresses…' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByLabel('Machine').selectOption('app2')
  await dialog.getByRole('row', { name: /^app2/ }).waitFor()
})
await take('account', { width: 1280, height: 800 }, 'light', async (page) => {
  await page.goto(`${app.url}/accounts/acme`)
  await page.getByRole('meter').first().waitFor()
})
await take('privileges', { width: 1280, height: 800 }, 'light', async (page) => {
  await page.goto(`${app.url}/accounts/acme/privileges`)
  await page
    .getByRole('button', { name: /^Grant/ })
    .first()
    .waitFor()
})
await take('activity', { width: 1280, height: 800 }, 'dark', async (page) => {
  await page.goto(`${app.url}${GROUP}/virtual_machines/app2?tab=settings`)
  await page.getByLabel('Cores').fill('8')
  await page.getByRole('button', { name: 'Shut down, change, start…' }).first().click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Shut down, change, start' }).click()
  await page.getByText('Shut down, change, start: done').waitFor({ timeout: 120_000 })
  const toast = page.getByRole('listitem').filter({ hasText: 'app2 changed' })
  await toast.getByRole('button', { name: /Dismiss|Close/ }).click()
  await toast.waitFor({ state: 'detached' })
  await page.getByRole('banner').getByRole('button', { name: 'Activity' }).click()
  await page.getByRole('dialog', { name: 'Activity' }).getByText('/signal').waitFor()
})
await take('phone', { width: 360, height: 740 }, 'dark', async (page) => {
  await page.getByRole('link', { name: 'app1', exact: true }).waitFor()
})

await browser.close()
await app.close()
await simulator.close()

type Size = { width: number; height: number }

async function take(
  name: string,
  viewport: Size,
  colorScheme: 'light' | 'dark',
  show: (page: Page) => Promise<void>,
) {
  const page = await browser.newPage({ viewport, colorScheme, locale: 'en-GB', deviceScaleFactor: 1.5 })
  await page.goto(app.url)
  await page.getByText('Options', { exact: true }).click()
  await page.getByLabel('Stay signed in on this tab').check()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'default' }).waitFor()
  await show(page)
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) })
  await page.close()
  console.log(`docs/pictures/${name}.png`)
}
