import {
  firefox,
  type BrowserContext,
  type LaunchOptions,
  type Locator,
  type Page,
  type PlaywrightTestOptions,
  type PlaywrightWorkerOptions,
} from '@playwright/test'
import { mkdirSync, rmSync } from 'node:fs'
import { mkdtemp, readdir, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { REPORTS } from '../tools/root.ts'
import { expect } from './bigv.ts'

/*
 * What the tests need to run in Firefox. Playwright's own Firefox needs no adapter. Debian's firefox-esr is driven by WebDriver BiDi, a newer
 * protocol; with it, Firefox 153 and Playwright 1.59.1 lack some of what the tests use.
 */

export const BIDI_CHANNEL = 'moz-firefox'

/** The options of the project that runs the tests in this Firefox. */
export function firefoxOptions(
  executablePath: string,
): Partial<PlaywrightTestOptions & PlaywrightWorkerOptions> {
  const isOwn = executablePath === firefox.executablePath()
  return {
    browserName: 'firefox',
    // To hide the caret in a screenshot, Playwright adds a style, which the dashboard's policy refuses.
    ...(!isOwn && { channel: BIDI_CHANNEL, screenshot: 'off' }),
    launchOptions: {
      executablePath,
      // A folder for each worker, as the adapter looks for its files there.
      downloadsPath: path.join(REPORTS, 'downloads', process.env['TEST_WORKER_INDEX'] ?? ''),
      firefoxUserPrefs: {
        // Over BiDi, Playwright can't ask for reduced motion.
        'ui.prefersReducedMotion': 1,
        // As in headless Chromium, scrollbars take no room: tests measure the page's width.
        'ui.useOverlayScrollbars': 1,
        // Otherwise Firefox's list of downloads opens and takes the focus from the page.
        'browser.download.alwaysOpenPanel': false,
      },
    },
  }
}

/** Adapts a context and its pages, if the browser is driven by BiDi. Call it before each test. */
export function adapt(
  context: BrowserContext,
  { downloadsPath }: LaunchOptions,
  channel: string | undefined,
): void {
  if (channel !== BIDI_CHANNEL || downloadsPath === undefined) return
  rmSync(downloadsPath, { recursive: true, force: true })
  mkdirSync(downloadsPath, { recursive: true })
  const grant = context.grantPermissions.bind(context)
  context.grantPermissions = (permissions, options) =>
    // Firefox doesn't know this permission: a page may always write to the clipboard after a click.
    grant(
      permissions.filter((name) => name !== 'clipboard-write'),
      options,
    )
  for (const page of context.pages()) adaptPage(page, downloadsPath)
  context.on('page', (page) => adaptPage(page, downloadsPath))
}

function adaptPage(page: Page, downloads: string): void {
  // Over BiDi, Playwright's own `emulateMedia` does nothing. The page's theme setting has the same effect.
  page.emulateMedia = ({ colorScheme } = {}) =>
    page.evaluate((theme) => {
      if (theme) document.documentElement.dataset['theme'] = theme
    }, colorScheme)

  // Firefox counts the clicks of one BiDi command only, so Playwright's double click is two single ones.
  const locators = Object.getPrototypeOf(page.locator('*')) as Locator
  locators.dblclick = async function (options) {
    await this.click(options)
    await this.click(options)
    await this.dispatchEvent('dblclick')
  }

  // Over BiDi, Playwright emits no event for files that the page itself creates, such as exports.
  const wait = page.waitForEvent.bind(page) as (event: string, options?: object) => Promise<unknown>
  const waitForEvent = (event: string, options?: object) =>
    event === 'download' ? nextDownload(downloads) : wait(event, options)
  Object.assign(page, { waitForEvent })
}

/** Waits until the browser has saved a file, and moves it, so that the next one may have the same name. */
async function nextDownload(folder: string) {
  let name = ''
  await expect
    .poll(async () => {
      const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())
      name = files[0]?.name ?? ''
      // While it downloads, Firefox keeps an empty file of the final name beside one whose name ends in .part.
      return files.length === 1 && (await stat(path.join(folder, name))).size > 0
    })
    .toBe(true)
  const file = path.join(await mkdtemp(path.join(folder, 'saved-')), name)
  await rename(path.join(folder, name), file)
  return { suggestedFilename: () => name, path: async () => file }
}
