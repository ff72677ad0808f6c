import { listPath } from './account.ts'
import { check } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { machineLinks, row } from './steps/list.ts'
import { expectPage, pageHeading } from './steps/page.ts'
import { open, openBySigningIn, openMachine } from './steps/sign-in.ts'

test.use({
  wanted: {
    groups: ['staging'],
    machines: [
      { name: 'www1', power_on: true },
      { name: 'www2', power_on: true },
      { name: 'a b&c', group: 'staging' },
    ],
  },
})

test('says that a page was not found and links back @long', async ({ page, account }) => {
  await open(page, account, '/accounts/x/nothing-here?q=1')
  await expectPage(page, 'Page not found')
  await expect(page.getByText('There is no page at /accounts/x/nothing-here.')).toBeVisible()
  await expect(page).toHaveTitle('Not found · BigV')
  await check(page, 'an unknown page')
  await page.getByRole('link', { name: 'View machines' }).click()
  await expect(page).toHaveURL(listPath(account))
})

test('copes with broken percent signs and control characters in a URL @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(2)
  await bigv.clearRequests()
  for (const broken of [
    '/accounts/%E0%A4%A/groups/default/virtual_machines',
    `${listPath(account)}/%E0%A4%A`,
    `${listPath(account)}/100%`,
    '/%E0%A4%A',
  ]) {
    await page.goto(broken)
    await expect(page).toHaveURL((url) => url.pathname === broken)
    await expect(pageHeading(page)).toHaveText(/Page not found|default|%E0%A4%A|100%/)
    await expect(page.getByText('This page failed')).toBeHidden()
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  }
  for (const path of [
    `/accounts/${account.account}/groups/a%07b/virtual_machines`,
    `${listPath(account)}/a%07b`,
  ]) {
    await page.goto(path)
    await expect(page.getByRole('alert')).toContainText('can’t be part of a BigV URL')
  }
  // None of these paths was sent to BigV.
  for (const { path } of await bigv.requests()) expect(path).not.toContain('%07')
})

test('opens a machine by its name, by its ID, and by a name with odd characters', async ({
  page,
  account,
  bigv,
}) => {
  const id = account.machine('www1').id
  await open(page, account, `${listPath(account)}/${id}`)
  await expectPage(page, 'www1')
  await expect(page).toHaveTitle('www1 · default · BigV')
  const requests = (await bigv.requests({ account: account.account })).filter(({ path }) =>
    path.startsWith(`${listPath(account)}/`),
  )
  expect(requests.map(({ path, query }) => ({ path, query }))).toEqual([
    { path: `${listPath(account)}/${id}`, query: { view: 'overview', include_deleted: 'true' } },
  ])
  await page.getByRole('link', { name: 'staging' }).click()
  await page.getByRole('link', { name: 'a b&c' }).click()
  await expect(page).toHaveURL(account.machine('a b&c').path)
  await page.goto(`${listPath(account, 'staging')}/a%20b%26c`)
  await expectPage(page, 'a b&c')
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
})

test('links to the other machines when a machine isn’t found @long', async ({ page, account, bigv }) => {
  await open(page, account, `${listPath(account)}/www9`)
  await expect(page.getByRole('alert')).toContainText('Couldn’t load the machine “www9” in default')
  await expect(page.getByRole('alert')).toContainText('Not found, or you don’t have access')
  await expect(page).toHaveTitle('(!) www9 · default · BigV')
  const requests = (await bigv.requests()).filter(({ path }) => path.endsWith('www9'))
  expect(requests).toHaveLength(1)
  await page.getByRole('link', { name: 'All machines of default' }).click()
  await expect(page).toHaveURL(listPath(account))
})

test('says that an account isn’t found or isn’t accessible @long', async ({ page, account }) => {
  await open(page, account, '/accounts/acme')
  await expect(page.getByRole('alert')).toContainText('Couldn’t load the account acme')
  await expect(page.getByRole('alert')).toContainText('you don’t have access')
  await page.getByRole('link', { name: 'BigV' }).click()
  await expect(page).toHaveURL(listPath(account))
})

test('focuses the heading of each new page and names the page in the tab’s title', async ({
  page,
  account,
}) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveText(['www1', 'www2'])
  await page.getByRole('link', { name: 'www2' }).click()
  await expectPage(page, 'www2')
  await expect(pageHeading(page)).toBeFocused()
  await expect(page).toHaveTitle('www2 · default · BigV')
  await page.getByRole('link', { name: 'staging' }).click()
  await expectPage(page, 'staging')
  await expect(pageHeading(page)).toBeFocused()
  await expect(page).toHaveTitle('staging · BigV')
  await page.goBack()
  await expectPage(page, 'www2')
  await expect(pageHeading(page)).toBeFocused()
  await page.goBack()
  await expect(page).toHaveURL(listPath(account))
  await expect(machineLinks(page)).toHaveText(['www1', 'www2'])
})

test('follows a machine that is renamed elsewhere while its page is open, and says so', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await openMachine(page, account, 'www1')
  const id = account.machine('www1').id
  await bigv.setMachine(id, { name: 'new-name' })
  await bigv.clearRequests()
  await page.clock.fastForward(10_000)
  await expect(page.getByText('This machine is now called new-name')).toBeVisible()
  await expect(page.getByText('You opened this page as www1. It’s the same machine')).toBeVisible()
  await expectPage(page, 'new-name')
  const requests = (await bigv.requests()).map(({ path }) => path)
  // The page looks for the machine by its ID first, and only then by its old name.
  expect(requests[0]).toBe(`${listPath(account)}/${id}`)
})

test('offers both machines if a pasted number is the ID of one and the name of the other', async ({
  page,
  account,
  bigv,
}) => {
  const [one, other] = [account.machine('www1'), account.machine('www2')]
  await bigv.setMachine(other.id, { name: String(one.id) })
  await openBySigningIn(page, account, one.path)
  await expectPage(page, String(one.id))
  await expect(page.getByRole('main')).toContainText(
    `${one.id} is the ID of www1, and also the name of another`,
  )
  await check(page, 'two machines for a number')
  await page.getByRole('link', { name: `${one.id} (ID ${other.id})` }).click()
  await expect(page).toHaveURL(other.path)
  await expect(page.getByRole('main')).not.toContainText('Which one')
  await page.goBack()
  await page.getByRole('link', { name: `www1 (ID ${one.id})` }).click()
  await expectPage(page, 'www1')
  await expect(page).toHaveURL(one.path)
})

test('opens a machine whose name is a pasted number, and shows its ID in the URL @long', async ({
  page,
  account,
  bigv,
}) => {
  const { id, path } = account.machine('www2')
  await bigv.setMachine(id, { name: '99999999' })
  await open(page, account)
  await page.goto(`${listPath(account)}/99999999?tab=discs`)
  await expectPage(page, '99999999')
  await expect(page).toHaveURL(`${path}?tab=discs`)
})

test('says that a renamed machine’s old name now belongs to another machine', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await openMachine(page, account, 'www1')
  await bigv.setMachine(account.machine('www1').id, { name: 'new-name' })
  await bigv.setMachine(account.machine('www2').id, { name: 'www1' })
  await page.clock.fastForward(10_000)
  await expect(page.getByText('The name www1 now belongs to another machine')).toBeVisible()
  await page.getByRole('link', { name: 'another machine' }).click()
  await expect(page).toHaveURL(`${listPath(account)}/${account.machine('www2').id}`)
  await expectPage(page, 'www1')
})

test('keeps showing the last known state of a machine that is no longer found, and says so', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await openMachine(page, account, 'www1')
  await bigv.removeMachine(account.machine('www1').id)
  await page.clock.fastForward(10_000)
  const notice = page.getByRole('status').filter({ hasText: 'Not refreshed' })
  await expect(notice).toContainText('Not found, or you don’t have access')
  await expect(page.getByText(/^as of \d\d:\d\d:\d\d$/)).toBeVisible()
})

test('restores the scroll position of a long list on going back @long', async ({ page, account, bigv }) => {
  for (let n = 10; n < 60; n++) await bigv.createMachine(account.id, { name: `node${n}`, discs: [] })
  await open(page, account)
  await expect(row(page, 'node10')).toBeVisible()
  await page.mouse.move(700, 400)
  await page.mouse.wheel(0, 900)
  await expect(row(page, 'node40')).toBeInViewport()
  const link = row(page, 'node40').getByRole('link')
  // In Firefox, Playwright scrolls the link to the middle before it clicks it.
  await link.hover()
  const scrolled = await page.evaluate(() => scrollY)
  await link.click()
  await expectPage(page, 'node40')
  expect(await page.evaluate(() => scrollY)).toBe(0)
  await page.goBack()
  await expect(row(page, 'node40')).toBeInViewport()
  expect(await page.evaluate(() => scrollY)).toBe(scrolled)
})
