import { listPath } from './account.ts'
import { check, DIALOG } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { openRowMenu, row } from './steps/list.ts'
import {
  button,
  card,
  dialogNamed,
  expectPage,
  groupLink,
  openActivity,
  operations,
  refresh,
  saveButton,
} from './steps/page.ts'
import { open, openMachine } from './steps/sign-in.ts'

test.use({
  wanted: {
    groups: ['web'],
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'off1', power_on: false, autoreboot_on: false },
      { name: 'theirs', group: 'web' },
    ],
  },
})

const identity = (page: Page) => card(page, 'Name and group')
const changedElsewhere = (page: Page) => card(page, 'Recent activity')

test('moves a machine to another group from its row’s menu', async ({ page, account, bigv }) => {
  await open(page, account)
  const menu = await openRowMenu(page, 'off1')
  await menu.getByRole('menuitem', { name: 'Move to group…' }).click()
  const dialog = dialogNamed(page, 'Move off1 to another group?')
  await dialog.getByLabel('Group').selectOption('web')
  await expect(dialog).toContainText(`The hostname changes too, to off1.web.${account.account}`)
  await check(page, 'the dialog that moves a machine', DIALOG)
  await button(dialog, 'Move').click()
  await expect(dialog).toBeHidden()
  await expect(row(page, 'off1')).toBeHidden()
  const { path } = account.machine('off1')
  await expect(bigv).toHaveReceived([{ method: 'PUT', path, body: { group_id: account.group('web').id } }])
})

test('moves a stopped machine to another group with one request', async ({ page, account, bigv }) => {
  const web = account.group('web').id
  const { path } = account.machine('off1')
  await openMachine(page, account, 'off1', { tab: 'settings' })
  await identity(page).getByLabel('Group').selectOption('web')
  await expect(identity(page)).toContainText(`{"group_id":${web}}`)
  await saveButton(page, 'Name and group').click()
  await expect(page).toHaveURL(`${listPath(account, 'web')}/off1?tab=settings`)
  await expectPage(page, 'off1')
  await expect(identity(page).getByLabel('Group')).toHaveValue(String(web))
  await groupLink(page, 'web').click()
  await expect(row(page, 'off1')).toBeVisible()
  await groupLink(page, 'default').click()
  await expect(row(page, 'www1')).toBeVisible()
  await expect(row(page, 'off1')).toBeHidden()
  await expect(bigv).toHaveReceived([{ method: 'PUT', path, body: { group_id: web } }])

  // The activity lists the move as the user's own action, not as a change made elsewhere.
  const change = operations(await openActivity(page))
  await expect(change).toHaveAccessibleName('Change off1')
  await expect(change).toContainText('Done')
  await expect(change).toContainText(`PUT ${path}`)
  await expect(change).toContainText(`{"group_id":${web}}`)
  await expect(change).not.toContainText('was moved')
})

test('moves a running machine with a plan, which continues in the new group', async ({
  page,
  account,
  bigv,
}) => {
  const { path } = account.machine('www1')
  await openMachine(page, account, 'www1', { tab: 'settings' })
  await identity(page).getByLabel('Group').selectOption('web')
  await identity(page).getByRole('button', { name: 'Apply now: shut down, change, start…' }).click()
  const dialog = dialogNamed(page, 'Shut down www1, change it and start it?')
  await expect(dialog).toContainText('group to web')
  await dialog.getByRole('button', { name: 'Shut down, change, start' }).click()
  await expect(card(page, 'Plan')).toContainText('Shut down, change, start: done')
  await expect(page).toHaveURL(`${listPath(account, 'web')}/www1?tab=settings`)
  await groupLink(page, 'default').click()
  await expect(row(page, 'off1')).toBeVisible()
  await expect(row(page, 'www1')).toBeHidden()
  await groupLink(page, 'web').click()
  await expect(row(page, 'www1')).toBeVisible()
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path, body: { autoreboot_on: false } },
    { method: 'POST', path: `${path}/signal`, body: { signal: 'powerdown' } },
    { method: 'PUT', path, body: { group_id: account.group('web').id } },
    {
      method: 'PUT',
      path: `${listPath(account, 'web')}/${account.machine('www1').id}`,
      body: { autoreboot_on: true, power_on: true },
    },
  ])
})

test('shows the new group of a machine that someone else has moved @long', async ({
  page,
  account,
  bigv,
}) => {
  const { id } = account.machine('theirs')
  const servicesLoaded = page.waitForResponse(/\/startup-[^/]+\.js$/)
  await open(page, account, listPath(account, 'web'))
  await expect(row(page, 'theirs')).toBeVisible()
  await servicesLoaded
  // The sidebar's fetch of the account would find the machine in its new group.
  await expect(groupLink(page, 'default')).toHaveAccessibleDescription(/ on$/)
  await bigv.setMachine(id, { group_id: account.group('default').id })
  await refresh(page)
  await expect(row(page, 'theirs')).toBeHidden()
  await expect(operations(await openActivity(page))).toContainText(
    'theirs is no longer there: deleted, moved or purged',
  )
  await page.keyboard.press('Escape')
  await groupLink(page, 'default').click()
  await row(page, 'theirs').getByRole('link').click()
  await expect(changedElsewhere(page)).toContainText('was moved from group web to default')

  await test.step('says on its open page that it is no longer in the group, and finds it', async () => {
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
    await bigv.setMachine(id, { group_id: account.group('web').id })
    await refresh(page)
    await expect(
      page.getByText('Not found in default: moved, purged, or you don’t have access'),
    ).toBeVisible()
    await check(page, 'a machine that is no longer there')
    await page.getByRole('link', { name: 'Search all groups' }).click()
    await row(page, 'theirs').getByRole('link').click()
    await expect(page).toHaveURL(`${listPath(account, 'web')}/${id}`)
    await expect(changedElsewhere(page)).toContainText('was moved from group default to web')
  })

  await test.step('says the same when an old link is opened', async () => {
    await page.goto(`${listPath(account)}/theirs`)
    await expect(page.getByRole('alert')).toContainText('Couldn’t load the machine “theirs” in default')
    await page.getByRole('link', { name: 'Search all groups' }).click()
    await expect(row(page, 'theirs')).toBeVisible()
  })
})
