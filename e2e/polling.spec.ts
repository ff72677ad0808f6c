import { listPath } from './account.ts'
import { check, MENU } from './axe.ts'
import { listReads } from './bigv.ts'
import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { chooseInView, machineLinks, row, searchBox } from './steps/list.ts'
import {
  card,
  chooseInterval,
  groupLink,
  notRefreshed,
  pauseRefreshes,
  refresh,
  setHidden,
  toast,
  updated,
} from './steps/page.ts'
import { open, openMachine } from './steps/sign-in.ts'

const LIST = 'virtual_machines$'

test.beforeEach(({ page }) => page.clock.install())

test('shows a machine stopped elsewhere within one interval in the list', async ({ page, account, bigv }) => {
  await open(page, account)
  await expect(row(page, 'www1')).toContainText('Running')
  await bigv.setMachine(account.machine('www1').id, { power_on: false, autoreboot_on: false })
  await page.clock.fastForward(10_000)
  await expect(row(page, 'www1')).toContainText('Stopped')
  await expect(page.getByRole('radio', { name: 'Running 0' })).toBeVisible()
  await expect(page.locator('[aria-live=polite]').filter({ hasText: 'www1: Stopped.' })).toBeAttached()
})

test('shows a machine stopped elsewhere within one interval on its own page @long', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await bigv.setMachine(account.machine('www1').id, { power_on: false, autoreboot_on: false })
  await page.clock.fastForward(10_000)
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
})

test('fetches only the data of the open page each interval', async ({ page, account, bigv }) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(1)
  await expect(row(page, 'www1').getByRole('cell').nth(2)).toHaveText(/\d\.\d/)
  await bigv.clearRequests()
  for (const times of [1, 2, 3]) {
    await page.clock.fastForward(10_000)
    await expect.poll(async () => (await bigv.requests()).length).toBe(times)
  }
  expect((await bigv.requests()).map(({ method, path }) => `${method} ${path}`)).toEqual(
    Array.from({ length: 3 }, () => `GET ${listPath(account)}`),
  )

  // From here on the machine's page is fetched, not the list.
  await page.getByRole('link', { name: 'www1' }).click()
  // The header is shown from the list's data: wait for what the page itself fetches, the machine and the user's keys.
  await expect(card(page, 'Connect')).toContainText('on BigV')
  await bigv.clearRequests()
  await page.clock.fastForward(10_000)
  await expect
    .poll(async () => (await bigv.requests()).map(({ path }) => path))
    .toEqual([`${listPath(account)}/${account.machine('www1').id}`])
})

test.describe('in an account with several groups', () => {
  const machines = [
    { name: 'www1', power_on: true },
    { name: 'try1', group: 'staging' },
  ]
  test.use({ wanted: { groups: ['staging'], machines } })

  test('fetches the numbers of the groups that aren’t open every five minutes', async ({
    page,
    account,
    bigv,
  }) => {
    const overviews = async () =>
      (await bigv.requests()).filter(
        ({ path, query }) => path === `/accounts/${account.account}` && 'view' in query,
      ).length
    await open(page, account)
    await expect(groupLink(page, 'staging')).toHaveAccessibleDescription('0 of 1 on')
    expect(await overviews()).toBe(1)
    await bigv.setMachine(account.machine('www1').id, { power_on: false, autoreboot_on: false })
    await bigv.setMachine(account.machine('try1').id, { power_on: true })
    await page.clock.fastForward(10_000)
    await expect(groupLink(page, 'default')).toHaveAccessibleDescription('0 of 1 on')
    expect(await overviews()).toBe(1)
    await page.clock.fastForward('05:00')
    await expect(groupLink(page, 'staging')).toHaveAccessibleDescription('1 of 1 on')
    expect(await overviews()).toBe(2)
  })
})

test('sends no request when searching and sorting @long', async ({ page, account, bigv }) => {
  await open(page, account)
  await expect(row(page, 'www1').getByRole('cell').nth(2)).toHaveText(/\d\.\d/)
  await pauseRefreshes(page)
  await page.clock.fastForward(4_000)
  await bigv.clearRequests()
  await searchBox(page).fill('www')
  await page.clock.runFor(400)
  await expect(page).toHaveURL(/q=www/)
  await page.getByRole('columnheader', { name: 'Cores' }).getByRole('button').click()
  await expect(page).toHaveURL(/sort=cores/)
  expect(await bigv.requests()).toEqual([])
})

test('pauses refreshes in a hidden tab, and refreshes once it is visible again', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(1)
  await setHidden(page, true)
  await bigv.clearRequests()
  await bigv.setMachine(account.machine(0).id, { power_on: false, autoreboot_on: false })
  await page.clock.fastForward('10:00')
  await expect(row(page, 'www1')).toContainText('Running')
  await expect.poll(() => listReads(bigv, account)).toEqual([])
  await setHidden(page, false)
  await expect(row(page, 'www1')).toContainText('Stopped')
  await expect.poll(() => listReads(bigv, account)).toHaveLength(1)
})

test('says that it may be offline when a refresh fails, and refreshes once online @long', async ({
  page,
  context,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(1)
  // The menu is loaded, but not the dialog that it opens.
  await page.getByRole('button', { name: 'View', exact: true }).click()
  await expect(page.getByRole('menu', { name: 'View' })).toBeVisible()
  await page.keyboard.press('Escape')
  await context.setOffline(true)
  await expect(notRefreshed(page)).toContainText('Your computer says that it is offline.')
  await bigv.clearRequests()
  await bigv.setMachine(account.machine(0).id, { power_on: false, autoreboot_on: false })
  await expect(page.getByText(/^as of \d\d:\d\d:\d\d$/)).toBeVisible()
  // A script that isn't loaded yet fails to load while offline, and loads once online; the page stays.
  await chooseInView(page, 'Columns…')
  const message = toast(page, 'Part of the page failed to load')
  await expect(message).toContainText('Try again, or reload.')
  await context.setOffline(false)
  await expect(row(page, 'www1')).toContainText('Stopped')
  await expect(page.getByText(/^as of/)).toBeHidden()
  await expect(notRefreshed(page)).toBeHidden()
  await expect.poll(() => listReads(bigv, account)).toHaveLength(1)
  await chooseInView(page, 'Columns…')
  await expect(page.getByRole('dialog', { name: 'Columns' })).toBeVisible()
})

test('greys out stale states when BigV fails, and doubles the time between fetches', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  const state = row(page, 'www1').getByText('Running')
  await expect(state).not.toHaveCSS('font-style', 'italic')
  const lastUpdate = (await updated(page).textContent())?.match(/\d\d:\d\d:\d\d/)?.[0] ?? 'no time'
  await bigv.addFault({ kind: 'status', status: 503, match: { path: LIST }, times: null })
  await bigv.clearRequests()

  for (const [times, pause, next] of [
    // The countdown goes on during the check, hence the ranges.
    [1, 10_000, /Next try in (2[01]|1\d) s/],
    [2, 20_000, /Next try in (4[01]|3\d) s/],
    [3, 40_000, /Next try in (1 min|5\d s)/],
    [4, 60_000, /Next try in (1 min|5\d s)/],
  ] as const) {
    await page.clock.fastForward(pause)
    await expect(notRefreshed(page)).toContainText(`Not refreshed since ${lastUpdate}`)
    await expect(notRefreshed(page)).toContainText(next)
    // A failed refresh isn't retried before the next interval.
    await expect.poll(() => listReads(bigv, account)).toHaveLength(times)
  }
  await expect(state).toHaveCSS('font-style', 'italic')
  await expect(notRefreshed(page)).toContainText('BigV is unavailable (503)')
  await expect(notRefreshed(page)).toContainText(`GET ${listPath(account)}?include_deleted=true → 503 after`)
  await expect(page).toHaveTitle('(!) default · BigV')
  await expect(page.getByText(/^as of/)).toHaveText(`as of ${lastUpdate}`)
  await check(page, 'a stale list')

  await bigv.clearFaults()
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(notRefreshed(page)).toBeHidden()
  await expect(state).not.toHaveCSS('font-style', 'italic')
  await expect(page).toHaveTitle('default · BigV')
  await expect.poll(() => listReads(bigv, account)).toHaveLength(5)
  // The next refresh comes after the usual interval again.
  await page.clock.fastForward(10_000)
  await expect.poll(async () => (await listReads(bigv, account)).length).toBe(6)
})

test('says on a machine’s page that its data is stale @long', async ({ page, account, bigv }) => {
  await openMachine(page, account, 'www1')
  await bigv.addFault({
    kind: 'cut-after-headers',
    match: { path: `${LIST}|virtual_machines/` },
    times: null,
  })
  await page.clock.fastForward(10_000)
  await expect(notRefreshed(page)).toContainText('Next try in')
  await expect(page.getByText(/^as of \d\d:\d\d:\d\d$/)).toBeVisible()
  await expect(page).toHaveTitle('(!) www1 · default · BigV')
  await bigv.clearFaults()
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(notRefreshed(page)).toBeHidden()
  await expect(page.getByText(/^as of/)).toBeHidden()
})

test.describe('while an action on a machine is watched', () => {
  test.use({ wanted: { machines: [{ name: 'off1' }] } })

  test('marks a list that can’t be refreshed as stale @long', async ({ page, account, bigv }) => {
    await bigv.pauseTime()
    await open(page, account)
    await page.getByRole('button', { name: 'Actions for off1' }).click()
    await page.getByRole('menuitem', { name: LABELS.start, exact: true }).click()
    await expect(row(page, 'off1')).toContainText('Starting…')
    await bigv.addFault({ kind: 'status', status: 503, match: { path: LIST }, times: null })
    await page.clock.fastForward(10_000)
    await expect(notRefreshed(page)).toBeVisible()
    const asOf = await page.getByText(/^as of/).textContent()

    await bigv.clearRequests()
    await page.clock.fastForward(2_000)
    const watched = `${listPath(account)}/${account.machine('off1').id}`
    await expect.poll(async () => (await bigv.requests()).some(({ path }) => path === watched)).toBe(true)
    await bigv.setMachine(account.machine('off1').id, { power_on: true })
    await page.clock.fastForward(2_000)
    await expect(row(page, 'off1')).toContainText('Running')
    await expect(notRefreshed(page)).toBeVisible()
    await expect(page.getByText(/^as of/)).toHaveText(asOf ?? '')
  })
})

test('greys out states older than three intervals, even if no request has failed', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  const state = row(page, 'www1').getByText('Running')
  await expect(state).toBeVisible()
  await bigv.addFault({ kind: 'hang', match: { path: LIST }, times: null })
  await page.clock.fastForward(20_000)
  await expect(state).not.toHaveCSS('font-style', 'italic')
  await page.clock.fastForward(11_000)
  await expect(state).toHaveCSS('font-style', 'italic')
  await expect(page.getByText(/^as of \d\d:\d\d:\d\d$/)).toBeVisible()
  await expect(notRefreshed(page)).toBeHidden()
  await expect.poll(() => listReads(bigv, account)).toHaveLength(2)
})

test('saves the chosen interval @long', async ({ page, account, bigv }) => {
  await open(page, account)
  await expect(updated(page)).toHaveText(/every 10 s$/)
  await updated(page).click()
  await check(page, 'the refresh menu', MENU)
  await page.keyboard.press('Escape')
  await chooseInterval(page, '1 min')
  await expect(updated(page)).toHaveText(/every 1 min$/)
  await bigv.clearRequests()
  await page.clock.fastForward(45_000)
  await chooseInterval(page, '2 s')
  await expect(updated(page)).toHaveText(/every 2 s$/)
  await expect.poll(() => listReads(bigv, account)).toEqual([])
  await page.clock.fastForward(2_000)
  await expect.poll(async () => (await listReads(bigv, account)).length).toBeGreaterThan(0)
  await page.reload()
  await open(page, account)
  await expect(updated(page)).toHaveText(/every 2 s$/)
})

test('pauses refreshes on request, and refreshes at once when resumed @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(1)
  await pauseRefreshes(page)
  await bigv.clearRequests()
  await page.clock.fastForward('02:00')
  await expect(page.getByText(/^as of/)).toBeVisible()
  await expect.poll(() => listReads(bigv, account)).toEqual([])
  await refresh(page)
  await expect(page.getByText(/^as of/)).toBeHidden()
  await expect.poll(() => listReads(bigv, account)).toHaveLength(1)
  await page.clock.fastForward('00:20')
  await expect.poll(() => listReads(bigv, account)).toHaveLength(1)
  await updated(page).click()
  await page.getByRole('menuitemcheckbox', { name: 'Paused' }).click()
  await expect(updated(page)).toHaveText(/every 10 s$/)
  await expect.poll(async () => (await listReads(bigv, account)).length).toBe(2)
})
