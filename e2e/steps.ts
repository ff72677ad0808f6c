import type { Locator, Page } from '@playwright/test'
import type { ControlClient, LoggedRequest, NewAccount } from '../simulator/control/client.ts'
import { expect, type Account } from './fixtures.ts'

/** The page of a group's machines. */
export function listPath({ account }: NewAccount, group = 'default'): string {
  return `/accounts/${account}/groups/${group}/virtual_machines`
}

/** Fills in the sign-in page as this account's user and presses the button. */
export async function fillSignIn(page: Page, account: NewAccount): Promise<void> {
  await page.getByLabel('Account').fill(account.account)
  await page.getByLabel('Username').fill(account.username)
  await page.getByLabel('Password', { exact: true }).fill(account.password)
  if (account.otp !== null) await page.getByLabel('Yubikey OTP').fill(account.otp)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Goes to a page of the dashboard, by way of signing in. */
export async function openBySigningIn(
  page: Page,
  account: NewAccount,
  path = listPath(account),
): Promise<void> {
  await page.goto(path)
  await fillSignIn(page, account)
  await expect(page).toHaveURL(path)
}

/** Goes to a page of the dashboard as one who is signed in already and remembered in this tab: the shortest way. */
export async function open(page: Page, account: NewAccount, path = listPath(account)): Promise<void> {
  // Something small of the same origin, which may be another than the usual.
  await page.goto(path.startsWith('http') ? new URL('/theme.js', path).href : '/theme.js')
  const { account: name, username, password, otp } = account
  const credentials = JSON.stringify({ account: name, username, password, otp: otp ?? '' })
  await page.evaluate((kept) => sessionStorage.setItem('bigv.session', kept), credentials)
  await page.goto(path)
  await expect(page).toHaveURL(path)
}

/** Opens one machine of the group `default` by its name. */
export async function openMachine(page: Page, account: NewAccount, name: string): Promise<void> {
  await open(page, account, `${listPath(account)}/${name}`)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Updated/ })).toBeVisible()
}

/** The search of a list. */
export function searchBox(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Search machines' })
}

/** The row of a machine in the list. */
export function row(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
}

/** Presses a power control and confirms it in its dialog. */
export async function confirm(page: Page, label: string, name: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click()
  const dialog = page.getByRole('alertdialog', { name: `${label} ${name}?` })
  await dialog.getByRole('button', { name: label, exact: true }).click()
  await expect(dialog).toBeHidden()
}

/** The writes that BigV has received during this test, on every path but the sign-in's, as "METHOD path" with their bodies. */
export async function writes(bigv: ControlClient): Promise<{ request: string; body: unknown }[]> {
  const received = await bigv.requests()
  return received
    .filter(({ method, path }) => method !== 'GET' && path !== '/session')
    .map(({ method, path, body }) => ({ request: `${method} ${path}`, body }))
}

let fences = 0

/** Sees that no write reached BigV: not before a GET has come through that the page sent later than any of them could have been. */
export async function expectNothingSent(page: Page, bigv: ControlClient): Promise<void> {
  await fence(page, bigv)
  expect(await writes(bigv)).toEqual([])
}

/** Has the page send a GET, and waits until BigV has received it: what the page had sent before is there by then, too. */
async function fence(page: Page, bigv: ControlClient): Promise<void> {
  const number = String((fences += 1))
  await page.evaluate((mark) => fetch(`/api/definitions?fence=${mark}`).then(() => undefined), number)
  await expect
    .poll(async () => (await bigv.requests()).some(({ query }) => query['fence'] === number))
    .toBe(true)
}

/** Waits until BigV has received a write whose path ends so: a page says what it does before the request has arrived. */
export async function untilWritten(bigv: ControlClient, end = ''): Promise<void> {
  await expect.poll(async () => (await writes(bigv)).some(({ request }) => request.endsWith(end))).toBe(true)
}

/** The readings among requests. */
export function reads(requests: readonly LoggedRequest[]): LoggedRequest[] {
  return requests.filter(({ method }) => method === 'GET')
}

/** The Authorization header of these credentials. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`
}

/** All that this page has stored: what is this tab's own, and what other tabs and times see, cookies included. */
export async function storedText(page: Page): Promise<{ session: string; elsewhere: string }> {
  return page.evaluate(async () => ({
    session: JSON.stringify(sessionStorage) + JSON.stringify(history.state) + window.name,
    elsewhere:
      JSON.stringify(localStorage) +
      document.cookie +
      JSON.stringify(await indexedDB.databases()) +
      JSON.stringify(await caches.keys()),
  }))
}

/** What TanStack Query holds on this page: every answer that was read, and what was given to be written. */
export async function cachedText(page: Page): Promise<string> {
  return page.evaluate(() => {
    type Fiber = { child: Fiber | null; memoizedProps: { client?: Client } | null }
    type Client = {
      getQueryCache: () => { getAll: () => { queryKey: unknown; state: unknown }[] }
      getMutationCache: () => { getAll: () => { state: unknown }[] }
    }
    const root = document.querySelector('#root') as unknown as Record<string, Fiber>
    const container = Object.keys(root).find((key) => key.startsWith('__reactContainer'))
    let fiber = container === undefined ? null : (root[container] ?? null)
    while (fiber && !fiber.memoizedProps?.client) fiber = fiber.child
    const client = fiber?.memoizedProps?.client
    if (!client) throw new Error('There is no query client.')
    const queries = client.getQueryCache().getAll()
    const mutations = client.getMutationCache().getAll()
    return JSON.stringify([
      queries.map(({ queryKey, state }) => [queryKey, state]),
      mutations.map(({ state }) => state),
    ])
  })
}

/** Lets time pass, second by second, until the guest of the account's first machine has shut down, once it was told to. */
export async function passUntilOff(bigv: ControlClient, account: Account): Promise<void> {
  const id = account.machine(0).id
  await untilWritten(bigv, '/signal')
  for (let seconds = 0; seconds < 60; seconds++) {
    await bigv.advance(1_000)
    if (!(await bigv.machine(id)).power_on) return
  }
  throw new Error('The guest did not shut down within a minute.')
}

/** The machines of the list that are on the page, from the top. */
export function machineLinks(page: Page): Locator {
  return page.getByRole('table').getByRole('link')
}

/** The readings of a group's list that BigV has received. */
export async function listReads(
  bigv: ControlClient,
  account: NewAccount,
  group = 'default',
): Promise<LoggedRequest[]> {
  const received = await bigv.requests({ account: account.account })
  return received.filter(({ method, path }) => method === 'GET' && path === listPath(account, group))
}

/** Chooses how often the page is read, from its menu: "2 s". */
export async function chooseInterval(page: Page, interval: string): Promise<void> {
  await page.getByRole('button', { name: /^Updated/ }).click()
  await page.getByRole('menuitemradio', { name: interval, exact: true }).click()
}

/** What the browser tells a page whose tab is put behind another, or in front again. */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true })
    Object.defineProperty(document, 'visibilityState', {
      value: isHidden ? 'hidden' : 'visible',
      configurable: true,
    })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }, hidden)
}
