import { writeFile } from 'node:fs/promises'
import { listPath, type Account } from '../account.ts'
import { test as base } from '../fixtures.ts'
import { findWebKit } from '../../tools/programs.ts'
import { startWebKit, type Browser } from './browser.ts'
import { Screen } from './screen.ts'

interface Fixtures {
  /** The dashboard in WebKit, 1280 px wide, with empty storage. */
  screen: Screen
  /** Opens a page of the dashboard as the account's user, who is signed in already. */
  open: (path?: string) => Promise<void>
}

export const test = base.extend<Fixtures, { webkit: Browser | Error }>({
  webkit: [
    async ({}, use) => {
      const found = findWebKit()
      if (!found) throw new Error('WebKitGTK is not installed. npm run setup installs it.')
      const webkit = await startWebKit(found).catch((error: Error) => error)
      await use(webkit)
      if (!(webkit instanceof Error)) await webkit.close()
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  screen: async ({ webkit, servers: { url } }, use, testInfo) => {
    // Skip the tests, as where WebKit isn't installed. The summary of the run names them.
    if (webkit instanceof Error) return testInfo.skip(true, `(WebKit doesn’t start here: ${webkit.message})`)
    const { driver } = webkit
    const screen = new Screen(driver, url)
    await screen.open('/sign-in')
    await driver.executeScript('localStorage.clear(); sessionStorage.clear()')
    await screen.resize(1280)
    await use(screen)
    if (testInfo.status !== testInfo.expectedStatus) {
      const file = testInfo.outputPath('webkit.png')
      await writeFile(file, await driver.takeScreenshot(), 'base64')
      await testInfo.attach('WebKit', { path: file, contentType: 'image/png' })
    }
  },
  open: async ({ screen, account }, use) => {
    await use(async (path = listPath(account)) => {
      await rememberIn(screen, account)
      await screen.open(path)
    })
  },
  // These two fixtures watch Chromium, which the WebKit tests don't start.
  policyReports: async ({}, use) => use([]),
  noPageErrors: async ({}, use) => use(),
})

/** Does what “Stay signed in on this tab” does, at the origin of the page that is open. */
export async function rememberIn({ driver }: Screen, from: Account): Promise<void> {
  const { account, username, password, otp } = from
  const session = JSON.stringify({ account, username, password, otp: otp ?? '' })
  await driver.executeScript("sessionStorage.setItem('bigv.session', arguments[0])", session)
}
