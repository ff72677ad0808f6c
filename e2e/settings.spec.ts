import { listPath } from './account.ts'
import { check } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { storedText } from './secrets.ts'
import { row } from './steps/list.ts'
import { card, confirm, dialogNamed, expectPage, saveButton, toast, press, actionOf } from './steps/page.ts'
import { expectNothingSent } from './steps/received.ts'
import { openMachine } from './steps/sign-in.ts'

test.use({
  wanted: {
    groups: ['web'],
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true, cores: 1, memory: 2048 },
      { name: 'off1', power_on: false, autoreboot_on: false, cores: 1, memory: 1024 },
    ],
  },
})

test('turns automatic restart on, which starts a stopped machine, and off again', async ({
  page,
  account,
  bigv,
}) => {
  const { path } = account.machine('off1')
  await openMachine(page, account, 'off1', { tab: 'settings' })
  await expect(saveButton(page, 'Power')).toHaveAccessibleDescription('No changes to save.')
  await page.getByLabel('Restart automatically').check()
  await expect(card(page, 'Power')).toContainText('{"autoreboot_on":true}')
  await card(page, 'Power').getByRole('button', { name: 'Save and start' }).click()
  // BigV starts the machine some time after its answer, so only the next refresh shows that.
  await expect(page.getByText('Running', { exact: true })).toBeVisible({ timeout: 15_000 })
  const tag = page.getByText('restarts automatically', { exact: true })
  await expect(tag).toBeVisible()
  await expect(await actionOf(page, LABELS.reboot)).toHaveAccessibleDescription(/Then on again\.$/)
  await page.keyboard.press('Escape')
  await page.getByLabel('Restart automatically').uncheck()
  await card(page, 'Power').getByRole('button', { name: 'Save', exact: true }).click()
  await expect(tag).toBeHidden()
  await expect(await actionOf(page, LABELS.reboot)).toHaveAccessibleDescription(
    /Then on again, and restarts automatically from then on\.$/,
  )
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path, body: { autoreboot_on: true } },
    { method: 'PUT', path, body: { autoreboot_on: false } },
  ])
})

test('renames and moves a machine in one request, and updates the URL @firefox', async ({
  page,
  account,
  bigv,
}) => {
  const { path } = account.machine('off1')
  await openMachine(page, account, 'off1', { tab: 'settings' })
  const identity = card(page, 'Name and group')
  await identity.getByLabel('Name').fill('12')
  await expect(identity.getByLabel('Name')).toHaveAccessibleDescription(
    'A name can’t be digits only: BigV would take it for an ID.',
  )
  await expect(saveButton(page, 'Name and group')).toHaveAccessibleDescription(
    'Fix the highlighted fields first.',
  )
  await identity.getByLabel('Name').fill('www1')
  await saveButton(page, 'Name and group').click()
  await expect(identity.getByRole('alert')).toContainText('Change off1: refused')
  await expect(identity.getByLabel('Name')).toHaveAccessibleDescription(/^BigV said: /)
  await expect(identity.getByLabel('Name')).toHaveValue('www1')

  await card(page, 'Hardware').getByLabel('Cores').fill('3')
  await identity.getByLabel('Name').fill('new1')
  await identity.getByLabel('Group').selectOption('web')
  await expect(identity).toContainText(`new1.web.${account.account}.`)
  await saveButton(page, 'Name and group').click()
  await expect(page).toHaveURL(`${listPath(account, 'web')}/new1?tab=settings`)
  await expectPage(page, 'new1')
  await expect(page.getByRole('alert')).toBeHidden()
  await expect(card(page, 'Hardware').getByLabel('Cores')).toHaveValue('3')
  await expect(saveButton(page, 'Name and group')).toHaveAccessibleDescription('No changes to save.')
  await identity.getByLabel('Name').fill('new2')
  await saveButton(page, 'Name and group').click()
  await expect(page).toHaveURL(`${listPath(account, 'web')}/new2?tab=settings`)
  const web = account.group('web').id
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path, body: { name: 'www1' } },
    { method: 'PUT', path, body: { name: 'new1', group_id: web } },
    { method: 'PUT', path: path.replace('/default/', '/web/'), body: { name: 'new2' } },
  ])
})

test('shows changes that wait for a restart, on the machine’s page and in the list @long', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1', { tab: 'settings' })
  const hardware = card(page, 'Hardware')
  await hardware.getByLabel('Memory').fill('1')
  await expect(saveButton(page, 'Hardware')).toHaveAccessibleDescription(
    'Memory can only be reduced while the machine is off: shut it down, change it, start it.',
  )
  await hardware.getByLabel('Memory').fill('2.5')
  await hardware.getByLabel('Cores').fill('2')
  await expect(hardware).toContainText('Sent as 2560 MiB.')
  await expect(hardware).toContainText('The machine is running: this takes effect at the next restart')
  await check(page, 'a hardware change')
  await expect(hardware).toContainText('{"cores":2,"memory":2560}')
  await saveButton(page, 'Hardware').click()
  const what = 'cores 1 → 2, memory 2 GiB → 2.5 GiB'
  const chip = page.getByText(`waits for a restart: ${what}`)
  await expect(chip).toBeVisible()
  await hardware.getByLabel('Memory').fill('nothing')
  await card(page, 'Name and group').getByLabel('Name').fill('new')
  await check(page, 'a change that waits for a restart', 'main')

  await press(page, LABELS.reset)
  const dialog = dialogNamed(page)
  await expect(dialog).toContainText(`This doesn’t apply the waiting change: ${what}.`)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await press(page, LABELS.reboot)
  await expect(dialog).toContainText(`This also applies the waiting change: ${what}.`)
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('link', { name: 'default', exact: true }).first().click()
  await expect(row(page, 'www1')).toContainText(`waits for a restart: ${what}`)
  await expect(row(page, 'off1')).not.toContainText('waits for a restart')
  await check(page, 'a change that waits for a restart, in the list', 'main')
  await bigv.setMachine(account.machine('www1').id, { memory: 2048 })
  await page.getByRole('link', { name: 'www1' }).click()
  await expect(page.getByText('waits for a restart: cores 1 → 2')).toBeVisible()
  await confirm(page, LABELS.reboot, 'www1')
  await expect(page.getByText(/waits for a restart/)).toBeHidden()
  await expect(bigv).toHaveReceived([
    { body: { cores: 2, memory: 2560 } },
    { body: { autoreboot_on: true, power_on: false } },
  ])
})

test('keeps the input and overwrites nothing when the machine has changed elsewhere', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'off1', { tab: 'settings' })
  const hardware = card(page, 'Hardware')
  await hardware.getByLabel('Memory').fill('0.5')
  await bigv.setMachine(account.machine('off1').id, { memory: 4096, cores: 3 })
  await saveButton(page, 'Hardware').click()
  await expect(hardware.getByRole('alert')).toContainText('Nothing was sent')
  await expect(hardware.getByLabel('Memory')).toHaveValue('0.5')
  await expect(hardware.getByLabel('Memory')).toHaveAccessibleDescription(/Now: 4 GiB\. Saving overwrites/)
  await expect(hardware.getByLabel('Cores')).toHaveValue('3')
  await check(page, 'an edit of a field that has changed', 'main')
  await expectNothingSent(page, bigv)
  await saveButton(page, 'Hardware').click()
  await expect(toast(page, 'off1 changed')).toBeVisible()
  await hardware.getByLabel('Hardware profile').selectOption('compatibility2013')
  await hardware.getByLabel('Lock profile').check()
  await saveButton(page, 'Hardware').click()
  await expect(saveButton(page, 'Hardware')).toHaveAccessibleDescription('No changes to save.')
  await expect(bigv).toHaveReceived([
    { body: { memory: 512 } },
    { body: { hardware_profile: 'compatibility2013', hardware_profile_locked: true } },
  ])
})

test('changes and clears the CD and the keymap, and hides credentials in the CD’s URL @long', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'off1', { tab: 'settings' })
  const media = card(page, 'Console')
  const url = media.getByLabel('CD image URL')
  await url.fill('ftp://example.com/x.iso')
  await expect(url).toHaveAccessibleDescription(/starts with http:\/\/ or https:\/\//)
  await url.fill('https://me:s3cret@example.com/x.iso')
  await media.getByLabel('Console keymap').selectOption('de')
  await expect(media).toContainText('{"cdrom_url":"https://••••••@example.com/x.iso","keymap":"de"}')
  await saveButton(page, 'Console').click()
  await expect(url).toHaveValue('https://••••••@example.com/x.iso')
  await expect(saveButton(page, 'Console')).toHaveAccessibleDescription('No changes to save.')
  expect(JSON.stringify(await storedText(page))).not.toContain('s3cret')
  expect(await page.content()).not.toContain('s3cret')
  await url.fill('')
  await media.getByLabel('Console keymap').selectOption('default')
  await saveButton(page, 'Console').click()
  await expect(saveButton(page, 'Console')).toHaveAccessibleDescription('No changes to save.')
  await expect(bigv).toHaveReceived([
    { body: { cdrom_url: 'https://me:s3cret@example.com/x.iso', keymap: 'de' } },
    { body: { cdrom_url: null, keymap: null } },
  ])
})
