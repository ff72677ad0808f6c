import { expect, test, type Page } from './fixtures.ts'
import { confirm, openMachine, writes } from './steps.ts'

test.use({
  frozen: true,
  wanted: { machines: [{ name: 'www1', power_on: true, autoreboot_on: true }] },
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('a refusal is said, with BigV’s words, and with what stays changed', async ({ page, account, bigv }) => {
  await openMachine(page, account, 'www1')
  await bigv.addFault({
    kind: 'status',
    status: 400,
    body: '{"signal":["is not for this machine"]}',
    match: { method: 'POST', account: account.account },
  })
  await confirm(page, 'Shut down', 'www1')
  const told = page.getByRole('listitem').filter({ hasText: 'Shut down www1: refused' })
  await expect(told).toContainText('signal is not for this machine')
  await expect(told).toContainText('autoreboot_on was changed before that, yes → no, and stays so.')
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect.poll(() => writes(bigv, account)).toHaveLength(2)
})

test('a connection cut after BigV did it is unclear; the write is not repeated, the machine is read', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await bigv.addFault({ kind: 'cut-after-processing', match: { method: 'PUT', account: account.account } })
  await confirm(page, 'Stop', 'www1')
  const told = page.getByRole('listitem').filter({ hasText: 'Stop www1: not known' })
  await expect(told).toContainText('Whether BigV did it is not known.')
  await expect(told).toContainText(/Read again at \d\d:\d\d:\d\d, it shows: Stopped, autoreboot_on no\./)
  await expect.poll(() => writes(bigv, account)).toHaveLength(1)
  await told.getByRole('button', { name: 'Send again' }).click()
  await expect(
    page.getByRole('alertdialog', { name: 'Stop www1?' }).getByRole('button', { name: 'Stop' }),
  ).toHaveAccessibleDescription('It is stopped already.')
  await expect.poll(() => writes(bigv, account)).toHaveLength(1)
})

test('a 500 is unclear, and sending again is the user’s choice', async ({ page, account, bigv }) => {
  await openMachine(page, account, 'www1')
  await bigv.addFault({ kind: 'status', status: 500, match: { method: 'PUT', account: account.account } })
  await confirm(page, 'Stop', 'www1')
  const told = page.getByRole('listitem').filter({ hasText: 'Stop www1: not known' })
  await expect(told).toContainText('it shows: Running')
  await told.getByRole('button', { name: 'Send again' }).click()
  await page.getByRole('alertdialog', { name: 'Stop www1?' }).getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect.poll(() => writes(bigv, account)).toHaveLength(2)
})

test('offline nothing is sent, nor later', async ({ page, account, bigv, context }) => {
  await openMachine(page, account, 'www1')
  await button(page, 'Stop').click()
  const dialog = page.getByRole('alertdialog', { name: 'Stop www1?' })
  await context.setOffline(true)
  await dialog.getByRole('button', { name: 'Stop' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Nothing was sent')
  await context.setOffline(false)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect.poll(() => writes(bigv, account)).toEqual([])
})
