import { listPath } from './account.ts'
import { check } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { dialogNamed } from './steps/page.ts'
import { openMachine } from './steps/sign-in.ts'

test.use({
  wanted: { machines: [{ name: 'www1', power_on: true, discs: [{ label: 'data', size: 25_600 }] }] },
})

test('a disc is backed up now and by a schedule, both read back; a brain without backups shows none', async ({
  page,
  account,
  bigv,
}) => {
  const id = account.machine(0).id
  const disc = (await bigv.machine(id)).discs[0]?.id
  const path = `${listPath(account)}/${id}/discs/${disc}`
  await openMachine(page, account, 'www1')
  await page.getByRole('link', { name: 'Discs' }).click()
  const backups = page.getByRole('listitem', { name: 'Backups of data' })
  await expect(backups).toContainText('No backups yet.')
  await expect(backups).toContainText('Not on any schedule.')

  await backups.getByRole('button', { name: 'Back up data' }).click()
  const taking = dialogNamed(page, 'Back up data of www1')
  await expect(taking).toContainText('what its guest has not written to the disc yet is not in the backup')
  await expect(taking).toContainText(`POST ${path}/backups`)
  await check(page, 'a backup')
  const match = { method: 'POST', account: account.account }
  await bigv.addFault({ kind: 'status', status: 400, body: { base: ['no room for backups'] }, match })
  await taking.getByRole('button', { name: 'Back up' }).click()
  await expect(taking.getByRole('alert')).toContainText('no room for backups')
  await taking.getByRole('button', { name: 'Back up' }).click()
  await expect(taking).toBeHidden()
  await expect(page.getByText('www1 has a new backup')).toBeVisible()
  await expect(backups).toContainText(/data-backup-\d+/)

  await backups.getByRole('button', { name: 'Schedule backups of data' }).click()
  const scheduling = dialogNamed(page, 'Schedule backups of data of www1')
  await expect(scheduling).toContainText('"start_at":"00:00","interval_seconds":604800,"capacity":1')
  await scheduling.getByLabel('How often').selectOption('Another interval')
  await scheduling.getByLabel('Interval', { exact: true }).fill('1.5')
  await expect(scheduling).toContainText('That is every 90 minutes.')
  await scheduling.getByLabel('First at').fill('soon')
  await expect(scheduling.getByRole('button', { name: 'Schedule' })).toHaveAccessibleDescription(
    /A time such as/,
  )
  await check(page, 'a schedule, with an error')
  await scheduling.getByLabel('First at').fill('02:30')
  await scheduling.getByLabel('How many are kept').fill('3')
  await scheduling.getByLabel('How many are kept').press('Enter')
  await expect(scheduling).toBeHidden()
  await expect(page.getByText('www1 has a new schedule of backups')).toBeVisible()
  await expect(backups).toContainText('Taken every 90 minutes, from 02:30; 3 kept')
  await check(page, 'a disc with backups')
  const schedule = { start_at: '02:30', interval_seconds: 5_400, capacity: 3 }
  await expect(bigv).toHaveReceived([
    { method: 'POST', path: `${path}/backups`, body: {} },
    { method: 'POST', path: `${path}/backups`, body: {} },
    { method: 'POST', path: `${path}/backup_schedules`, body: schedule },
  ])

  // An older brain knows none of it.
  await bigv.addFault({ kind: 'status', status: 404, match: { path: 'backups$' }, times: null })
  await openMachine(page, account, 'www1')
  const asked = page.waitForResponse(/backups$/)
  await page.getByRole('link', { name: 'Discs' }).click()
  await asked
  await expect(page.getByRole('region', { name: 'Discs' })).toContainText('25 GiB')
  await expect(page.getByRole('heading', { name: 'Backups' })).toBeHidden()
})
