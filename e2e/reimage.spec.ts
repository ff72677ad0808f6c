import { check } from './axe.ts'
import { writes } from './bigv.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { storedText } from './secrets.ts'
import { button, confirm, dialogNamed, toast } from './steps/page.ts'
import { openMachine } from './steps/sign-in.ts'

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2aQw3xX0yqg9mJm7l7Zq1n5s3n6v0c4h8k2d1f0a9b me@here'
const SCRIPT = '#!/bin/sh\necho s3cret-script\n'

test.use({
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'off1', power_on: false, autoreboot_on: false },
    ],
  },
})

const question = (page: Page, name: string) => dialogNamed(page, `Re-image ${name}?`)

async function openSettings(page: Page, account: Parameters<typeof openMachine>[1], name: string) {
  await openMachine(page, account, name)
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { name: 'System', exact: true })).toBeVisible()
}

test('Re-image wants a distribution, a way in and the name, says what is lost, and keeps no secret', async ({
  page,
  account,
  bigv,
}) => {
  await openSettings(page, account, 'off1')
  await button(page, LABELS.reimage).click()
  const dialog = question(page, 'off1')
  const go = dialog.getByRole('button', { name: LABELS.reimage })
  await expect(dialog).toContainText(
    /Re-imaging erases the first disc, \S+ \(25 GiB\), and installs a system on it\./,
  )
  await expect(go).toHaveAccessibleDescription('Choose a distribution.')
  await dialog.getByRole('radio', { name: 'precise' }).check()
  await dialog.getByRole('radio', { name: 'Typed' }).check()
  await dialog.getByLabel('Root password', { exact: true }).fill('s3cret-password')
  await dialog.getByLabel('SSH public keys').fill('-----BEGIN OPENSSH PRIVATE KEY-----')
  await expect(dialog.getByLabel('SSH public keys')).toHaveAccessibleDescription(/This is a private key/)
  await dialog.getByLabel('SSH public keys').fill(`${KEY}\n`)
  await dialog.getByLabel('First-boot script').fill('echo no')
  await expect(go).toHaveAccessibleDescription(/It has to begin with #!/)
  await dialog.getByLabel('First-boot script').fill(SCRIPT)
  await expect(go).toHaveAccessibleDescription('Type the name of the machine, off1, first.')
  await dialog.getByLabel('Type off1 to confirm').fill('off1')
  await expect(dialog).toContainText(
    `{"distribution":"precise","root_password":"••••••","ssh_public_key":"${KEY}","firstboot_script":"••••••"}`,
  )

  // What BigV refuses, and a field that it names, loses nothing that was typed.
  await bigv.failNext(account, 'POST', {
    kind: 'status',
    status: 400,
    body: { root_password: ['is too short'] },
  })
  await go.click()
  await expect(dialog.getByLabel('Root password', { exact: true })).toHaveAccessibleDescription(
    'BigV says: is too short',
  )
  await expect(dialog.getByRole('alert')).toContainText('Re-image off1: refused')
  await expect(dialog.getByLabel('First-boot script')).toHaveValue(SCRIPT)
  await go.click()
  await expect(toast(page, 'off1 was re-imaged and is running')).toBeVisible({
    timeout: 20_000,
  })
  await expect(dialog).toBeHidden()
  await expect(page.getByText('On. It stays off once it powers off.')).toBeVisible()

  const id = account.machine('off1').id
  const sent = {
    method: 'POST',
    path: `/accounts/${account.account}/groups/default/virtual_machines/${id}/reimage`,
    body: {
      distribution: 'precise',
      root_password: 's3cret-password',
      ssh_public_key: KEY,
      firstboot_script: SCRIPT,
    },
  }
  await expect(bigv).toHaveReceived([sent, sent])
  expect(JSON.stringify(await storedText(page))).not.toContain('s3cret')
  expect(await page.content()).not.toContain('s3cret')
})

test('a generated password is shown until its dialog is closed, and then nowhere', async ({
  page,
  account,
  bigv,
}) => {
  await openSettings(page, account, 'off1')
  await button(page, LABELS.reimage).click()
  const dialog = question(page, 'off1')
  await dialog.getByRole('radio', { name: 'wheezy' }).check()
  await dialog.getByRole('radio', { name: 'None' }).check()
  const go = dialog.getByRole('button', { name: LABELS.reimage })
  await expect(go).toHaveAccessibleDescription('Without a root password it needs an SSH key.')
  await dialog.getByRole('radio', { name: 'Generated' }).check()
  await dialog.getByLabel('Type off1 to confirm').fill('off1')
  await go.click()
  const done = dialogNamed(page, 'off1 was re-imaged')
  await expect(done).toContainText('It is running.', { timeout: 20_000 })
  const [{ body } = { body: null }] = await writes(bigv)
  const { root_password } = body as { root_password: string }
  expect(root_password).toMatch(/^(\w{4}-){4}\w{4}$/)
  await expect(done).toContainText(root_password)
  await check(page, 'a generated password, shown once')
  await done.getByRole('button', { name: 'Close' }).first().click()
  await expect(done).toBeHidden()
  expect(JSON.stringify(await storedText(page))).not.toContain(root_password)
  expect(await page.content()).not.toContain(root_password)
})

test('a machine that is deleted is not re-imaged, and says why', async ({ page, account, bigv }) => {
  await openSettings(page, account, 'www1')
  await confirm(page, LABELS.delete, 'www1')
  await expect(button(page, LABELS.reimage)).toHaveAccessibleDescription('It is deleted. Restore it first.')
  await expect(bigv).toHaveReceived([{ method: 'DELETE' }])
})
