import { check, DIALOG } from './axe.ts'
import { type Account, expect, type Page, test } from './fixtures.ts'
import { dialogNamed, toast } from './steps/page.ts'
import { expectNothingSent } from './steps/received.ts'
import { openMachine } from './steps/sign-in.ts'

const discs = [
  { label: 'disc-1', size: 25_600 },
  { label: 'data', size: 51_200, storage_grade: 'archive' },
]

test.use({
  wanted: {
    machines: [
      { name: 'www1', power_on: true, discs },
      { name: 'off1', discs },
      { name: 'spare', discs: [] },
      { name: 'empty', discs: [] },
      { name: 'gone', deleted: true, discs },
      { name: 'full', discs: Array.from({ length: 8 }, (_, index) => ({ label: `d${index}`, size: 100 })) },
    ],
  },
})

async function openDiscs(page: Page, account: Account, name: string) {
  await openMachine(page, account, name, { tab: 'discs' })
  await expect(page.getByRole('region', { name: 'Discs' })).toBeVisible()
}
const disc = (page: Page, label: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: label }) })

test('adds a disc after checking its label and size', async ({ page, account, bigv }) => {
  const path = `${account.machine('www1').path}/discs`
  await openDiscs(page, account, 'www1')
  await expect(disc(page, 'disc-1').getByText('boot', { exact: true })).toBeVisible()
  await expect(disc(page, 'data')).toContainText('50 GiB')
  await expect(page.getByRole('button', { name: 'Move data' })).toHaveAccessibleDescription(
    'The machine is running. Shut it down before you move a disc to another machine.',
  )
  await expect(page.getByRole('region', { name: 'Discs' })).toContainText('Total, 2 of 8 discs75 GiB')
  await check(page, 'the discs')

  await page.getByRole('button', { name: 'Add disc' }).click()
  const dialog = dialogNamed(page)
  const add = dialog.getByRole('button', { name: 'Add disc' })
  await expect(dialog.getByLabel('Label')).toHaveValue('disc-3')
  await expect(dialog.getByLabel('Storage grade')).toHaveValue('sata')
  await expect(dialog).toContainText('the guest sees this change after a restart')
  for (const [label, reason] of [
    ['vdb', /can’t look like a device/],
    ['data', /Another disc of this machine already has this label/],
  ] as const) {
    await dialog.getByLabel('Label').fill(label)
    await expect(dialog.getByLabel('Label')).toHaveAccessibleDescription(reason)
    await expect(add).toBeDisabled()
  }
  await check(page, 'a new disc, with an error', DIALOG)
  await dialog.getByLabel('Label').fill('logs')
  await dialog.getByLabel('Size').fill('2049')
  await expect(dialog.getByLabel('Size')).toHaveAccessibleDescription(/At most 2 TiB, which is 2048 GiB/)
  await dialog.getByLabel('Size').fill('0.5')
  await dialog.getByLabel('Storage grade').selectOption('ssd')
  await expect(dialog).toContainText(`POST ${path}`)
  await expect(dialog).toContainText('{"label":"logs","size":512,"storage_grade":"ssd"}')
  await dialog.getByLabel('Label').press('Enter')
  await expect(dialog).toBeHidden()
  await expect(disc(page, 'logs')).toContainText('512 MiB')
  await expect(toast(page, 'Disc added to www1')).toBeVisible()

  await expect(bigv).toHaveReceived([
    { method: 'POST', path, body: { label: 'logs', size: 512, storage_grade: 'ssd' } },
  ])
})

test('renames and grows a disc, and purges it once its label is typed', async ({ page, account, bigv }) => {
  const { id, path } = account.machine('www1')
  const data = (await bigv.machine(id)).discs.find(({ label }) => label === 'data')
  await openDiscs(page, account, 'www1')
  await page.getByRole('button', { name: 'Change data' }).click()
  const dialog = dialogNamed(page)
  const save = dialog.getByRole('button', { name: 'Save' })
  await expect(save).toHaveAccessibleDescription('No changes to save.')
  await dialog.getByLabel('Size').fill('49')
  await expect(save).toHaveAccessibleDescription('The disc has 50 GiB and can only grow.')
  await dialog.getByLabel('Size').fill('60')
  await dialog.getByLabel('Label').fill('archive')
  await dialog.getByLabel('Storage grade').selectOption('sata')
  await save.click()
  await expect(dialog).toBeHidden()
  await expect(disc(page, 'archive')).toContainText('60 GiB')

  await page.getByRole('button', { name: 'Purge archive' }).click()
  await expect(dialog).toContainText('Its data is lost.')
  await check(page, 'the Purge disc dialog', DIALOG)
  const purge = dialog.getByRole('button', { name: 'Purge disc' })
  await expect(purge).toHaveAccessibleDescription('Type the disc’s label, archive, to confirm.')
  await dialog.getByLabel('Type archive to confirm').fill('archive')
  await purge.click()
  await expect(dialog).toBeHidden()
  await expect(disc(page, 'archive')).toBeHidden()
  const discPath = `${path}/discs/${data?.id}`
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path: discPath, body: { label: 'archive', size: 61_440, storage_grade: 'sata' } },
    { method: 'DELETE', path: discPath, query: expect.objectContaining({ purge: 'true' }), body: null },
  ])
})

test('keeps the input if BigV refuses, ignores or doesn’t answer a disc change @long', async ({
  page,
  account,
  bigv,
}) => {
  await openDiscs(page, account, 'off1')
  await page.getByRole('button', { name: 'Change data' }).click()
  const dialog = dialogNamed(page)
  const save = dialog.getByRole('button', { name: 'Save' })
  await dialog.getByLabel('Storage grade').selectOption('ssd')
  await bigv.failNext(account, 'PUT', {
    kind: 'status',
    status: 400,
    body: JSON.stringify({ storage_grade: ['is sold out'] }),
  })
  await save.click()
  await expect(dialog.getByLabel('Storage grade')).toHaveAccessibleDescription(/BigV said: is sold out/)
  await expect(dialog.getByRole('alert')).toContainText('Change disc off1: refused')

  // BigV reports success, but ignores the change.
  await bigv.failNext(account, 'PUT', { kind: 'status', status: 200, body: '{}' })
  await save.click()
  await expect(dialog.getByRole('alert')).toContainText('the storage grade of data is archive, not ssd')

  await bigv.failNext(account, 'PUT', { kind: 'cut-before' })
  await save.click()
  await expect(dialog.getByRole('alert')).toContainText('BigV may or may not have carried out the request')
  await expect(dialog.getByLabel('Storage grade')).toHaveValue('ssd')
  await save.click()
  await expect(dialog).toBeHidden()
  await expect(disc(page, 'data')).toContainText('ssd')
  const put = { method: 'PUT', body: { storage_grade: 'ssd' } }
  await expect(bigv).toHaveReceived([put, put, put, put])
})

test('disables Add disc for a machine that is deleted or has eight discs @long', async ({
  page,
  account,
  bigv,
}) => {
  await openDiscs(page, account, 'full')
  const add = page.getByRole('button', { name: 'Add disc' })
  await expect(add).toHaveAccessibleDescription('The machine already has 8 of 8 discs.')
  await expect(page.getByRole('button', { name: 'Purge d0' })).toBeEnabled()
  await openDiscs(page, account, 'gone')
  for (const name of ['Add disc', 'Change disc-1', 'Purge disc-1']) {
    await expect(page.getByRole('button', { name })).toHaveAccessibleDescription(
      'Deleted. Undelete it first.',
    )
  }
  await expectNothingSent(page, bigv)
})

test('moves a disc to another machine while both are off @long', async ({ page, account, bigv }) => {
  const { id, path } = account.machine('off1')
  const data = (await bigv.machine(id)).discs.find(({ label }) => label === 'data')
  await openDiscs(page, account, 'off1')
  await page.getByRole('button', { name: 'Move data' }).click()
  const dialog = dialogNamed(page, 'Move data of off1')
  const move = dialog.getByRole('button', { name: 'Move' })
  await check(page, 'the Move disc dialog', DIALOG)
  await expect(move).toHaveAccessibleDescription('Choose a machine.')
  for (const [name, reason] of [
    ['www1', 'www1 is running. Shut it down first.'],
    ['full', 'full already has 8 of 8 discs.'],
  ] as const) {
    await dialog.getByLabel('Machine').selectOption(name)
    await expect(move).toHaveAccessibleDescription(reason)
  }
  await dialog.getByLabel('Machine').selectOption('spare')
  const spare = account.machine('spare').id
  await expect(dialog).toContainText(`{"virtual_machine_id":${spare}}`)
  // The other machine is started while the dialog is open. The page fetches it first, and sends nothing.
  await bigv.setMachine(spare, { power_on: true })
  await move.click()
  await expect(dialog.getByRole('alert')).toContainText('Nothing was sent')
  await expect(dialog.getByLabel('Machine')).toHaveAccessibleDescription(/spare is running/)
  await expectNothingSent(page, bigv)
  await dialog.getByLabel('Machine').selectOption('empty')
  await expect(move).toBeEnabled()
  await move.click()
  await expect(dialog).toBeHidden()
  await expect(disc(page, 'data')).toBeHidden()
  await expect(toast(page, 'Disc of off1 moved')).toContainText('The disc is now on empty.')
  const discPath = `${path}/discs/${data?.id}`
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path: discPath, body: { virtual_machine_id: account.machine('empty').id } },
  ])
})
