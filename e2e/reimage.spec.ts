import { check, DIALOG } from './axe.ts'
import { writes } from './bigv.ts'
import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { storedText } from './secrets.ts'
import { row } from './steps/list.ts'
import { button, confirm, dialogNamed, expectReason, press, toast } from './steps/page.ts'
import { open, openMachine } from './steps/sign-in.ts'
import { PUBLIC_KEY } from './wizard.ts'

const SCRIPT = '#!/bin/sh\necho s3cret-script\n'

test.use({
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'off1', power_on: false, autoreboot_on: false },
    ],
  },
})

test('asks for distribution, sign-in and name before a re-image, and stores no secret', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'off1', { tab: 'settings' })
  await press(page, LABELS.reimage)
  const dialog = dialogNamed(page, 'Re-image off1?')
  const submit = dialog.getByRole('button', { name: LABELS.reimage })
  await expect(dialog).toContainText(
    /Everything on its first disc is erased\. The first disc is \S+ \(25 GiB\); there are no others\./,
  )
  await expect(submit).toHaveAccessibleDescription('Choose a distribution.')
  await dialog.getByRole('radio', { name: 'precise' }).check()
  await dialog.getByRole('radio', { name: 'Your own' }).check()
  await dialog.getByLabel('Root password', { exact: true }).fill('s3cret-password')
  await dialog.getByLabel('SSH public keys').fill('-----BEGIN OPENSSH PRIVATE KEY-----')
  await expect(dialog.getByLabel('SSH public keys')).toHaveAccessibleDescription(/This is a private key/)
  await dialog.getByLabel('SSH public keys').fill(`${PUBLIC_KEY}\n`)
  await dialog.getByLabel('First-boot script').fill('echo no')
  await expect(submit).toHaveAccessibleDescription(/Start the script with #!/)
  await check(page, 'the Re-image dialog', DIALOG)
  await dialog.getByLabel('First-boot script').fill(SCRIPT)
  await expect(submit).toHaveAccessibleDescription('Type off1 to confirm.')
  await dialog.getByLabel('Type off1 to confirm').fill('off1')
  await expect(dialog).toContainText(
    `{"distribution":"precise","root_password":"••••••","ssh_public_key":"${PUBLIC_KEY}","firstboot_script":"••••••"}`,
  )

  // A refusal shows on the field that BigV names, and the input stays.
  await bigv.failNext(account, 'POST', {
    kind: 'status',
    status: 400,
    body: { root_password: ['is too short'] },
  })
  await submit.click()
  await expect(dialog.getByLabel('Root password', { exact: true })).toHaveAccessibleDescription(
    'BigV said: is too short',
  )
  await expect(dialog.getByRole('alert')).toContainText('Re-image off1: refused')
  await expect(dialog.getByLabel('First-boot script')).toHaveValue(SCRIPT)
  await submit.click()
  await expect(toast(page, 'off1 re-imaged and running')).toBeVisible({
    timeout: 20_000,
  })
  await expect(dialog).toBeHidden()
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect(page.getByText('restarts automatically', { exact: true })).toBeHidden()

  const sent = {
    method: 'POST',
    path: `${account.machine('off1').path}/reimage`,
    body: {
      distribution: 'precise',
      root_password: 's3cret-password',
      ssh_public_key: PUBLIC_KEY,
      firstboot_script: SCRIPT,
    },
  }
  await expect(bigv).toHaveReceived([sent, sent])
  expect(JSON.stringify(await storedText(page))).not.toContain('s3cret')
  expect(await page.content()).not.toContain('s3cret')
})

test('shows a generated password until the user has copied it, and never again', async ({
  page,
  account,
  bigv,
}) => {
  // Through the list, as Back out of the dashboard can't be stopped.
  await open(page, account)
  await row(page, 'off1').getByRole('link', { name: 'off1' }).click()
  await press(page, LABELS.reimage)
  const dialog = dialogNamed(page, 'Re-image off1?')
  await dialog.getByRole('radio', { name: 'wheezy' }).check()
  await dialog.getByRole('radio', { name: 'None' }).check()
  const submit = dialog.getByRole('button', { name: LABELS.reimage })
  await expect(submit).toHaveAccessibleDescription('Enter a root password or an SSH key.')
  await dialog.getByRole('radio', { name: 'Generated' }).check()
  await dialog.getByLabel('Type off1 to confirm').fill('off1')
  await bigv.failNext(account, 'POST', { kind: 'status', status: 400, body: 'no' })
  await submit.click()
  await expect(dialog.getByRole('alert')).toContainText('Re-image off1: refused')
  await expect(submit).toBeFocused()
  await test.step('shows only the progress and the password while BigV installs', async () => {
    await bigv.pauseTime()
    await submit.click()
    const sending = dialogNamed(page, 'Re-imaging off1…')
    await expect(sending.getByRole('status')).toContainText('BigV is installing the system')
    await expect(sending).toContainText('It’s lost when you close this dialog.')
    await expect(sending.getByRole('radio')).toHaveCount(0)
    await check(page, 'the progress of a re-image', DIALOG)
    await bigv.advance(600_000)
  })
  const done = dialogNamed(page, 'off1 was re-imaged')
  await expect(done).toContainText('The machine is running.', { timeout: 20_000 })
  const { body = null } = (await writes(bigv)).at(-1) ?? {}
  const { root_password } = body as { root_password: string }
  expect(root_password).toMatch(/^(\w{4}-){4}\w{4}$/)
  await expect(done).toContainText(root_password)
  await check(page, 'the generated password', DIALOG)
  await test.step('asks before Escape, Back or the browser takes the password away', async () => {
    await page.keyboard.press('Escape')
    await expect(done.getByRole('alert')).toHaveText('Copied? You can’t see it again.')
    await button(done, 'Not yet').click()
    await page.goBack()
    await expect(done.getByRole('alert')).toBeVisible()
    await expect(done).toContainText(root_password)
    const asked = page.waitForEvent('dialog')
    const reloading = page.evaluate(() => location.reload())
    await (await asked).dismiss()
    await reloading
  })
  await button(done, 'Yes, close').click()
  await expect(done).toBeHidden()
  expect(JSON.stringify(await storedText(page))).not.toContain(root_password)
  expect(await page.content()).not.toContain(root_password)
})

test('disables Re-image for a deleted machine and says why @long', async ({ page, account, bigv }) => {
  await openMachine(page, account, 'www1', { tab: 'settings' })
  await confirm(page, LABELS.delete, 'www1')
  await expect(button(page, LABELS.undelete)).toBeVisible()
  await expectReason(page, LABELS.reimage, 'Deleted. Undelete it first.')
  await expect(bigv).toHaveReceived([{ method: 'DELETE' }])
})
