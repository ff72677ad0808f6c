import { listPath } from './account.ts'
import { check } from './axe.ts'
import { listReads } from './bigv.ts'
import { expect, type Page, test } from './fixtures.ts'
import { machineLinks } from './steps/list.ts'
import { expectPage, groupLink } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

const problem = (page: Page) => page.getByRole('alert')

test.use({
  wanted: { groups: ['staging'], machines: ['web1', 'web2', 'web3', 'web4'].map((name) => ({ name })) },
})

test('shows that the machines are loading until BigV answers @long', async ({ page, account, bigv }) => {
  await bigv.addFault({ kind: 'hang', match: { path: 'virtual_machines$' } })
  await open(page, account)
  await expect(page.getByRole('status').filter({ hasText: 'Loading the machines' })).toBeVisible()
  await expectPage(page, 'default')
  await expect(page.getByText(/machines, /)).toBeHidden()
  await check(page, 'a loading list')
  // The request is cut, and the next one is answered.
  await bigv.clearFaults()
  await expect(machineLinks(page)).toHaveCount(4)
  await expect(page.getByText('Loading')).toBeHidden()
})

test('tries four times while BigV is unavailable, then shows the error', async ({ page, account, bigv }) => {
  await bigv.addFault({ kind: 'status', status: 503, match: { path: 'virtual_machines$' }, times: null })
  await page.clock.install()
  await open(page, account)
  await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toBeVisible()
  for (const times of [1, 2, 3]) {
    await expect.poll(async () => (await listReads(bigv, account)).length).toBeGreaterThanOrEqual(times)
    await page.clock.runFor(1_000)
  }
  await expect(problem(page)).toContainText('Couldn’t load the machines of default')
  await expect(problem(page)).toContainText('BigV is unavailable (503)')
  await expect(page).toHaveTitle('(!) default · BigV')
  await problem(page).getByText('Details').click()
  await expect(problem(page)).toContainText(
    new RegExp(
      `GET ${listPath(account)}\\?include_deleted=true → 503 after \\d+\\.\\d s, \\d\\d:\\d\\d:\\d\\d`,
    ),
  )
  await expect.poll(() => listReads(bigv, account)).toHaveLength(4)
  await check(page, 'a failed list')

  await bigv.clearFaults()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(machineLinks(page)).toHaveCount(4)
  await expect(problem(page)).toBeHidden()
  await expect(page).toHaveTitle('default · BigV')
})

test('tries only once to fetch a group that isn’t found or isn’t allowed @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account, listPath(account, 'nowhere'))
  await expect(problem(page)).toContainText('Couldn’t load the machines of nowhere')
  await expect(problem(page)).toContainText('Not found, or you don’t have access')
  await problem(page).getByRole('link', { name: 'Other groups' }).click()
  await expect(page).toHaveURL(`/accounts/${account.account}`)
  await groupLink(page, 'default').click()
  await expect(machineLinks(page)).toHaveCount(4)

  await bigv.addFault({ kind: 'status', status: 403, match: { path: 'staging/virtual_machines$' } })
  await page.getByRole('link', { name: 'staging' }).click()
  await expect(problem(page)).toContainText('Not allowed (403)')
  for (const group of ['nowhere', 'staging']) {
    await expect.poll(() => listReads(bigv, account, group)).toHaveLength(1)
  }
})
