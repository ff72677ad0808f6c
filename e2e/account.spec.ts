import { check, DIALOG, MENU } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import {
  dialogNamed,
  expectPage,
  groupLink,
  pageHeading,
  refresh,
  toast,
  turnOnReadOnlyMode,
} from './steps/page.ts'
import { expectNothingSent } from './steps/received.ts'
import { basic, open, passwordField, signInAgainDialog } from './steps/sign-in.ts'

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
    .getByRole('row')
    .filter({
      has: page.getByRole('link', { name, exact: true }),
    })

test('shows what an account uses, by group and by grade, from one request @long', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await open(page, account)
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Overview' }).click()
  const path = `/accounts/${account.account}`
  await expect(page).toHaveURL(path)
  await expectPage(page, account.account)
  await expect(pageHeading(page)).toBeFocused()
  const main = page.getByRole('main')
  await expect(main.getByRole('meter', { name: 'Machines on', exact: true })).toHaveAttribute(
    'aria-valuetext',
    '2 of 3',
  )
  await expect(main.getByRole('meter', { name: 'Cores in use' })).toHaveAttribute('aria-valuetext', '7 of 8')
  await expect(main.getByRole('meter', { name: 'Memory in use' })).toHaveAttribute(
    'aria-valuetext',
    '6 GiB of 7 GiB',
  )
  const grades = main.getByRole('table', { name: 'Storage by grade' })
  await expect(grades.getByRole('row')).toHaveText(['GradeSize', 'archive50 GiB', 'sata50 GiB'])
  const groups = page.getByRole('region', { name: 'Groups' })
  await expect(groups.getByRole('row')).toHaveText([
    /^Group/,
    'default1 of 235 GiB100 GiB',
    'emptynone–––',
    'gravesnone–––',
    'staging1 of 152 GiB0 MiB',
    'Total2 of 387 GiB100 GiB',
  ])
  const overviews = (await bigv.requests({ account: account.account })).filter((each) => each.path === path)
  expect(overviews.filter(({ query }) => 'view' in query).map(({ query }) => query)).toEqual([
    { view: 'overview', include_deleted: 'true' },
  ])
  await expect(page.getByText('is suspended')).toBeHidden()
  await check(page, 'the account')

  await bigv.setMachine(account.machine('www2').id, { power_on: true })
  await page.clock.fastForward(10_000)
  await expect(group(page, 'default')).toContainText('2 of 2')
  await bigv.addFault({ kind: 'status', status: 500, match: { path: `^${path}$` } })
  await page.clock.fastForward(10_000)
  await expect(page.getByText(/^as of \d\d:\d\d:\d\d$/)).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Not refreshed' })).toBeVisible()
  await group(page, 'staging').getByRole('link', { name: 'staging' }).click()
  await expectPage(page, 'staging')
  // The home link still leads to the last group.
  await page.getByRole('link', { name: 'BigV' }).click()
  await expect(page).toHaveURL(`${path}/groups/staging/virtual_machines`)
})

test('says on each page of a suspended account that the account is suspended @long', async ({
  page,
  account,
  bigv,
  request,
}) => {
  const path = `/accounts/${account.account}`
  const banner = page.getByRole('status').filter({ hasText: `The account ${account.account} is suspended` })
  const suspend = (suspended: boolean) =>
    request.put(`/api${path}`, {
      data: { suspended },
      headers: { authorization: basic('staff', 'staff') },
    })
  expect((await suspend(true)).status()).toBe(200)
  await open(page, account)
  await expect(banner).toBeVisible()
  await check(page, 'a suspended account', 'main')
  await page.getByRole('link', { name: 'www1' }).click()
  await expectPage(page, 'www1')
  await expect(banner).toBeVisible()
  await page.getByRole('link', { name: 'Platform' }).click()
  await expectPage(page, 'Platform')
  await expect(banner).toBeHidden()
  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(banner).toBeVisible()
  // The overview is refreshed regularly, so it shows first that the account is no longer suspended.
  await suspend(false)
  await refresh(page)
  await expect(banner).toBeHidden()
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path: path },
    { method: 'PUT', path: path },
  ])
})

test('lists what needs attention in an account, with links to those machines', async ({ page, account }) => {
  await open(page, account, `/accounts/${account.account}`)
  const attention = page.getByRole('region', { name: 'Needs attention' })
  await expect(attention.getByRole('listitem')).toHaveText([
    'old1Deleted, still holds addressesShow',
    'www2OffShow',
  ])
  await check(page, 'an account that needs attention')
  await attention.getByRole('link', { name: 'Show: Off' }).click()
  await expectPage(page, 'All machines')
  await expect(page).toHaveURL(/\?q=is%3Astopped$/)
  await expect(page.getByRole('link', { name: 'www2' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'www1' })).toBeHidden()
})

test.describe('in an account without groups', () => {
  test.use({ wanted: { machines: [] } })

  test('offers to create the first group', async ({ page, account, request }) => {
    const groups = `/api/accounts/${account.account}/groups`
    const deleted = await request.delete(`${groups}/${account.group('default').id}`, {
      headers: { authorization: basic(account.username, account.password) },
    })
    expect(deleted.ok()).toBe(true)
    await open(page, account, '/')
    await expectPage(page, account.account)
    await expect(page.getByText(`${account.account} has no groups yet`)).toBeVisible()
    await page.getByRole('button', { name: 'Create group' }).click()
    await dialogNamed(page, 'Create group').getByLabel('Name').fill('first')
    await page.keyboard.press('Enter')
    await expect(group(page, 'first')).toContainText('none')
  })
})

/** Chooses an item from a group's menu. */
const chooseFromMenu = async (page: Page, name: string, what: string) => {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: what }).click()
}

test('creates a group with the request shown in the preview @long', async ({ page, account, bigv }) => {
  const groups = `/accounts/${account.account}/groups`
  await open(page, account, `/accounts/${account.account}`)
  await page.getByRole('button', { name: 'Create group' }).click()
  const creating = dialogNamed(page, 'Create group')
  const name = creating.getByLabel('Name')
  await expect(name).toBeFocused()
  await name.fill('staging')
  await page.keyboard.press('Enter')
  await expect(name).toHaveAccessibleDescription('A group with this name already exists.')
  await check(page, 'a new group, with an error', DIALOG)
  await name.fill('a.b')
  await creating.getByText('What will be sent').click()
  await expect(creating).toContainText(`POST ${groups}`)
  await expect(creating).toContainText('{"name":"a.b"}')
  await creating.getByRole('button', { name: 'Create group' }).click()
  await expect(creating.getByRole('alert')).toContainText('BigV refused')
  await expect(name).toHaveAccessibleDescription('is invalid')
  await expect(name).toHaveValue('a.b')
  // The credentials expire: the user signs in again over the form, and the request is sent again.
  await name.fill('fresh')
  await bigv.failNext(account, 'POST', { kind: 'status', status: 401 })
  await page.keyboard.press('Enter')
  await expect(passwordField(signInAgainDialog(page))).toBeFocused()
  await page.keyboard.type(account.password)
  await page.keyboard.press('Enter')
  await expect(creating).toBeHidden()
  await expect(group(page, 'fresh')).toContainText('none')
  await expect(groupLink(page, 'fresh')).toBeVisible()

  await expect(bigv).toHaveReceived([
    { method: 'POST', path: groups, body: { name: 'a.b' } },
    { method: 'POST', path: groups, body: { name: 'fresh' } },
    { method: 'POST', path: groups, body: { name: 'fresh' } },
  ])
})

test('renames a group with the request shown in the preview @long', async ({ page, account, bigv }) => {
  const path = `/accounts/${account.account}/groups/${account.group('empty').id}`
  await open(page, account, `/accounts/${account.account}`)
  await chooseFromMenu(page, 'empty', 'Rename')
  const renaming = dialogNamed(page, 'Rename empty')
  await expect(renaming.getByLabel('New name')).toHaveValue('empty')
  await renaming.getByLabel('New name').fill('full')
  await check(page, 'the Rename group dialog', DIALOG)
  await renaming.getByText('What will be sent').click()
  await expect(renaming).toContainText(`PUT ${path}`)
  await bigv.failNext(account, 'PUT', { kind: 'cut-before' })
  await renaming.getByRole('button', { name: 'Rename' }).click()
  await expect(renaming.getByRole('alert')).toContainText('BigV may or may not have carried out the request')
  await expect(renaming.getByLabel('New name')).toHaveValue('full')
  await renaming.getByRole('button', { name: 'Rename' }).click()
  await expect(renaming).toBeHidden()
  await expect(group(page, 'full')).toBeVisible()
  await expect(group(page, 'empty')).toBeHidden()
  const renamed = { method: 'PUT', path, body: { name: 'full' } }
  await expect(bigv).toHaveReceived([renamed, renamed])
})

test('deletes a group that has no machines, not even deleted ones, once its name is typed', async ({
  page,
  account,
  bigv,
}) => {
  const groups = `/accounts/${account.account}/groups`
  const id = (name: string) => account.group(name).id
  await open(page, account, `/accounts/${account.account}`)
  await page.getByRole('button', { name: 'Actions for default' }).click()
  await expect(page.getByRole('menuitem', { name: LABELS.delete })).toHaveAccessibleDescription(
    'Not empty: it contains 2 machines.',
  )
  await check(page, 'a group’s menu', MENU)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Actions for graves' }).click()
  await expect(page.getByRole('menuitem', { name: LABELS.delete })).toHaveAccessibleDescription(
    'Not empty: it contains 1 deleted machine. Deleted machines count until you purge them.',
  )
  await page.keyboard.press('Escape')

  await chooseFromMenu(page, 'empty', LABELS.delete)
  const dialog = dialogNamed(page, 'Delete the group empty?')
  const remove = dialog.getByRole('button', { name: 'Delete group' })
  await expect(dialog).toContainText('The group is empty.')
  await check(page, 'the Delete group dialog', DIALOG)
  await dialog.getByText('What will be sent').click()
  await expect(dialog).toContainText(`DELETE ${groups}/${id('empty')}`)
  await expect(remove).toHaveAccessibleDescription('Type the group’s name, empty, to confirm.')
  await dialog.getByLabel('Type empty to confirm').fill('empty')
  const { id: late } = await bigv.createMachine(account.id, { name: 'late1', group: 'empty', discs: [] })
  await remove.click()
  await expect(remove).toHaveAccessibleDescription('Not empty: it contains 1 machine.')
  await expectNothingSent(page, bigv)
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await bigv.removeMachine(late)
  await open(page, account, `/accounts/${account.account}`)
  await chooseFromMenu(page, 'empty', LABELS.delete)
  await dialog.getByLabel('Type empty to confirm').fill('empty')
  await bigv.failNext(account, 'DELETE', {
    kind: 'status',
    status: 400,
    body: { base: ['group is not empty'] },
  })
  await remove.click()
  await expect(dialog.getByRole('alert')).toContainText('group is not empty')
  await remove.click()
  await expect(dialog).toBeHidden()
  await expect(toast(page, 'Group empty deleted')).toBeVisible()
  await expect(group(page, 'empty')).toBeHidden()
  await expect(bigv).toHaveReceived([
    { method: 'DELETE', path: `${groups}/${id('empty')}`, body: null },
    { method: 'DELETE', path: `${groups}/${id('empty')}`, body: null },
  ])

  await turnOnReadOnlyMode(page)
  await expect(page.getByRole('button', { name: 'Create group' })).toHaveAccessibleDescription(
    /Read-only mode is on/,
  )
})
