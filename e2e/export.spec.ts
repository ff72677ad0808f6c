import { check, MENU } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { chooseInView, machineLinks, searchBox } from './steps/list.ts'
import { download } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

test.use({
  wanted: {
    machines: [
      { name: 'web1', power_on: true, cores: 4, memory: 4096, hardware_profile: 'virtio2013' },
      { name: 'web2', cores: 2, memory: 1536, hardware_profile: 'virtio2012' },
      { name: 'db1', cores: 8, memory: 16384 },
      // More than fit on the screen.
      ...Array.from({ length: 60 }, (_, at) => ({ name: `node${at}`, cores: 1, memory: 1024, discs: [] })),
    ],
  },
})

async function exported(page: Page, format: string): Promise<{ name: string; text: string }> {
  return download(page, () => chooseInView(page, format))
}

test('exports the list as CSV and JSON, in the page’s order and with its columns @long', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.setFixedTime('2026-03-01T14:03:22Z')
  await bigv.setMachine(account.machine('web2').id, { keymap: '=1+1,"x"' })
  await open(page, account)
  await expect(machineLinks(page).first()).toHaveText('db1')
  const all = await exported(page, 'CSV')
  expect(all.name).toBe(`bigv-${account.account}-default-2026-03-01.csv`)
  const lines = all.text.split('\r\n')
  expect(lines).toHaveLength(1 + 63 + 1)
  expect(lines[0]).toBe('Name,State,Addresses,Cores,Memory (MiB),Profile,Head')

  await chooseInView(page, 'Columns…')
  const dialog = page.getByRole('dialog', { name: 'Columns' })
  for (const column of ['Addresses', 'Head']) await dialog.getByLabel(column, { exact: true }).uncheck()
  for (const column of ['Keymap', 'Automatic restart'])
    await dialog.getByLabel(column, { exact: true }).check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await searchBox(page).fill('web')
  await page.getByRole('columnheader', { name: 'Cores' }).getByRole('button').first().click()
  await expect(machineLinks(page)).toHaveText(['web2', 'web1'])

  // A cell that a spreadsheet would run as a formula is escaped.
  expect((await exported(page, 'CSV')).text).toBe(
    [
      'Name,State,Cores,Memory (MiB),Profile,Automatic restart,Keymap',
      `web2,Stopped,2,1536,virtio2012,false,"'=1+1,""x"""`,
      'web1,Running,4,4096,virtio2013,false,',
      '',
    ].join('\r\n'),
  )
  const json = await exported(page, 'JSON')
  expect(json.name).toBe(`bigv-${account.account}-default-2026-03-01.json`)
  const row = { hardware_profile: 'virtio2012', autoreboot_on: false, keymap: '=1+1,"x"' }
  expect(JSON.parse(json.text)).toEqual([
    { name: 'web2', state: 'Stopped', cores: 2, memory: 1536, ...row },
    {
      name: 'web1',
      state: 'Running',
      cores: 4,
      memory: 4096,
      ...row,
      hardware_profile: 'virtio2013',
      keymap: null,
    },
  ])

  await searchBox(page).fill('nothing like it')
  await page.getByRole('button', { name: 'View' }).click()
  await expect(page.getByRole('menuitem', { name: 'CSV' })).toHaveAccessibleDescription(
    'No machines to export.',
  )
  await check(page, 'the view menu', MENU)
})
