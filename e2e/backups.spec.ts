import { check, DIALOG } from './axe.ts'
import { type Account, type Bigv, expect, type Page, test } from './fixtures.ts'
import { card, dialogNamed, toast } from './steps/page.ts'
import { openMachine } from './steps/sign-in.ts'

test.use({
  wanted: { machines: [{ name: 'www1', power_on: true, discs: [{ label: 'data', size: 25_600 }] }] },
})

const backups = (page: Page) => page.getByRole('listitem', { name: 'Backups of data' })

test('backs up a disc now and lists the backup', async ({ page, account, bigv }) => {
  const path = await discPath(account, bigv)
  await openMachine(page, account, 'www1', { tab: 'discs' })
  await expect(backups(page)).toContainText('No backups yet.')
  await backups(page).getByRole('button', { name: 'Back up data' }).click()
  const dialog = dialogNamed(page, 'Back up data of www1')
  await expect(dialog).toContainText('data that the guest hasn’t written to disc yet isn’t backed up')
  await expect(dialog).toContainText(`POST ${path}/backups`)
  await check(page, 'the backup dialog', DIALOG)
  await bigv.failNext(account, 'POST', {
    kind: 'status',
    status: 400,
    body: { base: ['no room for backups'] },
  })
  await dialog.getByRole('button', { name: 'Back up' }).click()
  await expect(dialog.getByRole('alert')).toContainText('no room for backups')
  await dialog.getByRole('button', { name: 'Back up' }).click()
  await expect(dialog).toBeHidden()
  await expect(toast(page, 'Disc of www1 backed up')).toBeVisible()
  await expect(backups(page)).toContainText(/data-backup-\d+/)
  const sent = { method: 'POST', path: `${path}/backups`, body: {} }
  await expect(bigv).toHaveReceived([sent, sent])
})

test('backs up a disc on a schedule and lists the schedule @long', async ({ page, account, bigv }) => {
  const path = await discPath(account, bigv)
  await openMachine(page, account, 'www1', { tab: 'discs' })
  await expect(backups(page)).toContainText('No schedule.')
  await backups(page).getByRole('button', { name: 'Schedule backups of data' }).click()
  const dialog = dialogNamed(page, 'Schedule backups of data of www1')
  await expect(dialog).toContainText('"start_at":"00:00","interval_seconds":604800,"capacity":1')
  await dialog.getByLabel('How often').selectOption('Another interval')
  await dialog.getByLabel('Interval', { exact: true }).fill('1.5')
  await expect(dialog).toContainText('That is every 90 minutes.')
  await dialog.getByLabel('First backup').fill('soon')
  await expect(dialog.getByRole('button', { name: 'Schedule' })).toHaveAccessibleDescription(
    /Enter a time such as/,
  )
  await check(page, 'a backup schedule, with an error', DIALOG)
  await dialog.getByLabel('First backup').fill('02:30')
  await dialog.getByLabel('Backups to keep').fill('3')
  await dialog.getByLabel('Backups to keep').press('Enter')
  await expect(dialog).toBeHidden()
  await expect(toast(page, 'Backups of www1 scheduled')).toBeVisible()
  await expect(backups(page)).toContainText('Backed up every 90 minutes, from 02:30; keeps 3')
  await check(page, 'a disc with backups', 'main')
  const body = { start_at: '02:30', interval_seconds: 5_400, capacity: 3 }
  await expect(bigv).toHaveReceived([{ method: 'POST', path: `${path}/backup_schedules`, body }])
})

test('hides the Backups section if BigV is too old for backups @long', async ({ page, account, bigv }) => {
  await bigv.addFault({ kind: 'status', status: 404, match: { path: 'backups$' }, times: null })
  const refused = page.waitForResponse(/backups$/)
  await openMachine(page, account, 'www1', { tab: 'discs' })
  await refused
  await expect(card(page, 'Discs')).toContainText('25 GiB')
  await expect(page.getByRole('heading', { name: 'Backups' })).toBeHidden()
})

/** The path of the only disc of www1. */
async function discPath(account: Account, bigv: Bigv): Promise<string> {
  const { id, path } = account.machine('www1')
  const [disc] = (await bigv.machine(id)).discs
  if (!disc) throw new Error('www1 has no disc.')
  return `${path}/discs/${disc.id}`
}
