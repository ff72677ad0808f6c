import { listPath } from './account.ts'
import { check } from './axe.ts'
import { writes } from './bigv.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import {
  batchProgress,
  box,
  chooseBulk,
  facet,
  machineLinks,
  row,
  searchBox,
  selectionBar,
} from './steps/list.ts'
import { dialogNamed, expectPageWidth } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

test.use({
  wanted: {
    groups: ['staging', 'empty'],
    machines: [
      { name: 'web1', power_on: true, autoreboot_on: true },
      { name: 'db1' },
      { name: 'web1', group: 'staging', discs: [{ size: 25_600 }, { label: 'data', size: 25_600 }] },
      { name: 'old', group: 'staging', deleted: true },
    ],
  },
})

const inGroup = (page: Page, name: string, group: string) =>
  row(page, name).filter({ has: page.getByRole('cell', { name: group, exact: true }) })

test('lists the machines of all groups, and sends each action to the machine’s own group', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  const path = `/accounts/${account.account}/virtual_machines`
  await open(page, account, `/accounts/${account.account}`)
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'All machines' }).click()
  await expect(page).toHaveURL(path)
  await expect(page.getByRole('heading', { level: 1, name: 'All machines' })).toBeFocused()
  await expect(machineLinks(page)).toHaveText(['db1', 'web1', 'web1'])
  await expect(page.getByText('3 machines', { exact: true })).toBeVisible()

  await test.step('fetches all groups with one request', async () => {
    await bigv.clearRequests()
    await page.clock.fastForward(10_000)
    await expect
      .poll(async () => (await bigv.requests({ account: account.account })).map((request) => request.path))
      .toEqual([`/accounts/${account.account}`])
    await page.getByRole('columnheader', { name: 'Group' }).getByRole('button').click()
    await expect(page).toHaveURL(`${path}?sort=group`)
    await page.getByRole('columnheader', { name: 'Group' }).getByRole('button').click()
    await expect(page.locator('[role=row] [role=cell]:nth-child(4)')).toHaveText([
      'staging',
      'default',
      'default',
    ])
  })

  await test.step('searches and selects across groups', async () => {
    await box(page, 'db1').check()
    await box(page, 'web1').first().check()
    await expect(selectionBar(page)).toContainText('2 selected')
    await searchBox(page).fill('group:staging')
    await expect(machineLinks(page)).toHaveText(['web1'])
    await page.getByRole('button', { name: 'Clear selection' }).click()
  })

  await test.step('acts on a machine and opens it in its own group', async () => {
    await page.getByRole('button', { name: 'Actions for web1' }).click()
    await page.getByRole('menuitem', { name: LABELS.start, exact: true }).click()
    await expect(inGroup(page, 'web1', 'staging')).toContainText('Running')
    await expect(bigv).toHaveReceived([{ method: 'PUT', path: account.machine(2).path }])
    await row(page, 'web1').getByRole('link').click()
    await expect(page).toHaveURL(account.machine(2).path)
    await page.goBack()
  })

  await test.step('runs a bulk action on each machine in its own group', async () => {
    await searchBox(page).fill('')
    await expect(machineLinks(page)).toHaveCount(3)
    const selects = page.getByRole('checkbox', { name: /^Select (web1|db1)$/ })
    for (const at of [0, 1, 2]) await selects.nth(at).check()
    await bigv.clearRequests()
    await chooseBulk(page, 'Automatic restart off')
    const dialog = dialogNamed(page, 'Turn off automatic restart for 2 machines?')
    await expect(dialog).toContainText(`PUT ${path.replace('virtual', 'groups/default/virtual')}/ID   × 1`)
    await expect(dialog).toContainText(`PUT ${path.replace('virtual', 'groups/staging/virtual')}/ID   × 1`)
    await dialog.getByRole('button', { name: 'Turn off automatic restart for 2 machines' }).click()
    await expect(batchProgress(page)).toHaveText(/2\/2/)
    expect(
      (await writes(bigv))
        .map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`)
        .toSorted(),
    ).toEqual(
      account.machines
        .filter(({ name }) => name === 'web1')
        .map(({ id, group }) => `PUT ${listPath(account, group)}/${id} {"autoreboot_on":false}`)
        .toSorted(),
    )
  })

  await test.step('shows deleted machines on request', async () => {
    await page.goto(`${path}?q=is:deleted&sort=-group`)
    await expect(inGroup(page, 'old', 'staging')).toContainText('Deleted')
    await facet(page, 'All').check()
  })

  await test.step('shows the group of each machine on a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await expect(inGroup(page, 'db1', 'default')).toBeVisible()
    await expectPageWidth(page, 360)
    await box(page, 'db1').check()
    await page.getByRole('button', { name: 'Groups and pages' }).click()
    await expect(page.getByRole('menuitem', { name: 'All machines' })).toHaveAttribute('href', path)
    await page.keyboard.press('Escape')
  })

  await check(page, 'all machines, one selected')
})
