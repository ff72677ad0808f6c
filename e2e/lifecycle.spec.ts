import { listPath } from './account.ts'
import { check, DIALOG } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { inMenu, LABELS } from './labels.ts'
import { facet, machineLinks, row } from './steps/list.ts'
import { button, confirm, dialogNamed, expectReason, press, refresh, toast } from './steps/page.ts'
import { open, openMachine } from './steps/sign-in.ts'

test.use({
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'old1', power_on: false, autoreboot_on: false },
    ],
  },
})

test('explains Delete before it is confirmed, and undoes it from the toast', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await press(page, LABELS.delete)
  const dialog = dialogNamed(page, 'Delete www1?')
  await expect(dialog).toContainText('It keeps its name and addresses until purged')
  await expect(dialog).toContainText(`DELETE ${account.machine('www1').path}`)
  await expect(dialog).not.toContainText('purge=true')
  await dialog.getByRole('button', { name: LABELS.delete, exact: true }).click()
  await expect(page.getByText('Deleted', { exact: true }).first()).toBeVisible()
  await toast(page, 'www1 deleted; you can undelete it').getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(toast(page, 'www1 undeleted; it is off')).toBeVisible()
  await expect(bigv).toHaveReceived([
    { method: 'DELETE', path: account.machine('www1').path, body: null },
    { method: 'PUT', path: account.machine('www1').path, body: { deleted: false } },
  ])
})

test('disables all actions but Undelete and Purge on a deleted machine @long', async ({
  page,
  account,
  bigv,
}) => {
  await bigv.setMachine(account.machine('old1').id, { deleted: true })
  await openMachine(page, account, 'old1')
  for (const name of [
    LABELS.start,
    LABELS.stop,
    LABELS.reboot,
    LABELS.shutDown,
    LABELS.restart,
    LABELS.reset,
    LABELS.sendKeys,
  ]) {
    await expectReason(page, name, 'Deleted. Undelete it first.')
  }
  await check(page, 'a deleted machine')
  await button(page, LABELS.undelete).click()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path: account.machine('old1').path, query: {}, body: { deleted: false } },
  ])
})

test('says what Purge loses, and requires the machine’s name', async ({ page, account, bigv }) => {
  await bigv.setMachine(account.machine('old1').id, { deleted: true })
  await openMachine(page, account, 'old1')
  await press(page, LABELS.purge)
  const dialog = dialogNamed(page, 'Purge old1?')
  await expect(dialog).toContainText('The machine and all its discs are gone for good')
  await expect(dialog).toContainText('Its addresses and its name become free')
  await expect(dialog).toContainText(`DELETE ${account.machine('old1').path}?purge=true`)
  const purge = dialog.getByRole('button', { name: LABELS.purge })
  await dialog.getByLabel('Type old1 to confirm').fill('old')
  await expect(purge).toBeDisabled()
  await expect(purge).toHaveAccessibleDescription('Type the machine’s name, old1, to confirm.')
  await check(page, 'the Purge dialog', DIALOG)
  await dialog.getByLabel('Type old1 to confirm').fill('old1')
  await purge.click()

  await expect(
    page.getByRole('main').getByRole('status').filter({ hasText: 'old1 was purged' }),
  ).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
  await check(page, 'the page of a purged machine', 'main')
  await page.getByRole('link', { name: 'All machines of default' }).click()
  await expect(row(page, 'www1')).toBeVisible()
  await expect(row(page, 'old1')).toBeHidden()
  await expect(bigv).toHaveReceived([
    { method: 'DELETE', path: account.machine('old1').path, query: { purge: 'true' }, body: null },
  ])
})

test('deletes and undeletes from a row’s menu, and shows deleted machines on request', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await button(page, 'Actions for old1').click()
  const menu = page.getByRole('menu', { name: 'Actions for old1' })
  // It has only what is possible now.
  await expect(menu.getByRole('menuitem', { name: inMenu(LABELS.delete), exact: true })).toBeVisible()
  await expect(menu.getByRole('menuitem', { name: LABELS.undelete })).toBeHidden()
  await menu.getByRole('menuitem', { name: inMenu(LABELS.delete), exact: true }).click()
  await dialogNamed(page, 'Delete old1?').getByRole('button', { name: LABELS.delete, exact: true }).click()
  await expect(row(page, 'old1')).toBeHidden()
  await facet(page, 'Deleted').check()
  await expect(page).toHaveURL(`${listPath(account)}?q=is%3Adeleted`)
  await expect(row(page, 'old1')).toContainText('Deleted')
  await button(page, 'Undelete old1').click()
  await expect(page.getByText('No deleted machines', { exact: true })).toBeVisible()
  await button(page, 'Show all machines').click()
  await expect(page).toHaveURL(listPath(account))
  await expect(row(page, 'old1')).toContainText('Stopped')
  const deleted = { method: 'DELETE', path: account.machine('old1').path, body: null }
  const undeleted = { method: 'PUT', path: account.machine('old1').path, body: { deleted: false } }
  await expect(bigv).toHaveReceived([deleted, undeleted])
})

test('undeletes and purges from the list of deleted machines, also by keyboard @long', async ({
  page,
  account,
  bigv,
}) => {
  const { id, path } = account.machine('old1')
  await bigv.setMachine(id, { deleted: true })
  await open(page, account, `${listPath(account)}?q=is:deleted`)
  await expect(machineLinks(page)).toHaveText(['old1'])
  await check(page, 'the list of deleted machines')
  // Tab stops at the focused row's buttons after its name.
  await expect(button(page, 'Undelete old1')).toBeVisible()
  await expect(async () => {
    // The list's shortcuts may load a little after its rows.
    await page.keyboard.press('j')
    await expect(page.getByRole('link', { name: 'old1' })).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('Tab')
  await expect(button(page, 'Undelete old1')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(button(page, 'Purge old1')).toBeFocused()
  await button(page, 'Undelete old1').click()
  await expect(page.getByText('No deleted machines', { exact: true })).toBeVisible()
  await bigv.setMachine(id, { deleted: true })
  await refresh(page)
  await button(page, 'Purge old1').click()
  const purge = dialogNamed(page, 'Purge old1?')
  await expect(purge).toContainText('Its addresses and its name become free')
  await purge.getByLabel('Type old1 to confirm').fill('old1')
  await purge.getByRole('button', { name: LABELS.purge }).click()
  await expect(page.getByText('No deleted machines', { exact: true })).toBeVisible()
  await button(page, 'Show all machines').click()
  await expect(page).toHaveURL(listPath(account))
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path, body: { deleted: false } },
    { method: 'DELETE', path, query: { purge: 'true' }, body: null },
  ])
})

test('calls the outcome of an unanswered purge unclear, and sends it again only on request', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'old1')
  await confirm(page, LABELS.delete, 'old1')
  // The fault is for the purge, so wait until the deletion is answered.
  await expect(button(page, `${LABELS.purge}…`)).toBeVisible()
  await bigv.failNext(account, 'DELETE', { kind: 'cut-before' })
  await press(page, LABELS.purge)
  const dialog = dialogNamed(page, 'Purge old1?')
  await dialog.getByLabel('Type old1 to confirm').fill('old1')
  await dialog.getByRole('button', { name: LABELS.purge }).click()
  await expect(toast(page, 'Purge old1: no clear answer')).toContainText('Still deleted at')

  await bigv.failNext(account, 'DELETE', { kind: 'cut-after-processing' })
  await toast(page, 'Purge old1: no clear answer').getByRole('button', { name: 'Send again' }).click()
  await dialog.getByLabel('Type old1 to confirm').fill('old1')
  await dialog.getByRole('button', { name: LABELS.purge }).click()
  await expect(
    page.getByRole('main').getByRole('status').filter({ hasText: 'old1 was purged' }),
  ).toBeVisible()
  await expect(bigv).toHaveReceived([{ method: 'DELETE' }, { method: 'DELETE' }, { method: 'DELETE' }])
})
