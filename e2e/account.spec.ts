import { expect, test, type Page } from './fixtures.ts'
import { open, writes } from './steps.ts'

test.use({
  frozen: true,
  wanted: {
    groups: ['staging', 'empty', 'graves'],
    machines: [
      {
        name: 'www1',
        power_on: true,
        autoreboot_on: true,
        cores: 2,
        memory: 4096,
        discs: [
          { label: 'vda', size: 25_600, storage_grade: 'sata' },
          { label: 'vdb', size: 51_200, storage_grade: 'archive' },
        ],
      },
      {
        name: 'www2',
        cores: 1,
        memory: 1024,
        discs: [{ label: 'vda', size: 25_600, storage_grade: 'sata' }],
      },
      { name: 'db1', group: 'staging', power_on: true, cores: 5, memory: 2048, discs: [] },
      { name: 'old1', group: 'graves', deleted: true },
    ],
  },
})

const group = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'Groups' })
    .getByRole('listitem')
    .filter({
      has: page.getByRole('link', { name, exact: true }),
    })

test('the account says what it has, group by group, from one request, and goes on reading it', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await open(page, account)
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Overview' }).click()
  const path = `/accounts/${account.account}`
  await expect(page).toHaveURL(path)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(account.account)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  const whole = page.getByRole('main')
  await expect(whole.getByRole('meter', { name: 'Machines on', exact: true })).toHaveAttribute(
    'aria-valuetext',
    '2 of 3',
  )
  await expect(whole).toContainText('2 on, 1 off')
  await expect(whole.getByRole('meter', { name: 'Discs, archive' })).toHaveAttribute(
    'aria-valuetext',
    '50 GiB of 100 GiB',
  )
  await expect(page.getByRole('region', { name: 'Groups' }).getByRole('heading', { level: 3 })).toHaveText([
    'default',
    'empty',
    'graves',
    'staging',
  ])
  await expect(group(page, 'default')).toContainText('1 / 2 on')
  await expect(group(page, 'default')).toContainText('50 GiB archive, 50 GiB sata')
  await expect(group(page, 'staging')).toContainText('1 / 1 on')
  await expect(group(page, 'graves')).toContainText('0 / 0 on')
  await expect(whole.getByRole('meter', { name: 'Cores of staging' })).toHaveAttribute(
    'aria-valuetext',
    '5 of 8',
  )
  const overviews = (await bigv.requests({ account: account.account })).filter((each) => each.path === path)
  expect(overviews.filter(({ query }) => 'view' in query).map(({ query }) => query)).toEqual([
    { view: 'overview' },
  ])
  await expect(page.getByText('This account is suspended')).toBeHidden()

  await bigv.setMachine(account.machines[1]?.id ?? 0, { power_on: true })
  await page.clock.fastForward(10_000)
  await expect(group(page, 'default')).toContainText('2 / 2 on')
  await bigv.addFault({ kind: 'status', status: 500, match: { path: `^${path}$` }, times: 1 })
  await page.clock.fastForward(10_000)
  await expect(page.getByText(/^as of \d\d:\d\d:\d\d$/)).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Not refreshed' })).toBeVisible()
  await group(page, 'staging').getByRole('link', { name: 'staging' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('staging')
  // The way in still leads to the group that was last looked at.
  await page.getByRole('link', { name: 'BigV' }).click()
  await expect(page).toHaveURL(`${path}/groups/staging/virtual_machines`)
})

test('a suspended account is shown as one', async ({ page, account, bigv }) => {
  await bigv.addFault({
    kind: 'status',
    status: 200,
    body: { id: account.id, name: account.account, suspended: true, groups: [] },
    match: { path: `^/accounts/${account.account}$` },
    times: null,
  })
  await open(page, account, `/accounts/${account.account}`)
  await expect(page.getByText('This account is suspended')).toBeVisible()
  await expect(page.getByText('No groups here')).toBeVisible()
  expect(await writes(bigv, account)).toEqual([])
})
