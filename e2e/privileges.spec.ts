import { listPath } from './account.ts'
import { check, DIALOG } from './axe.ts'
import { writes } from './bigv.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { confirm, dialogNamed, expectPage, openEntry, sessionLink, textToCopy, toast } from './steps/page.ts'
import { open, openMachine } from './steps/sign-in.ts'

test.use({ wanted: { groups: ['staging'], machines: [{ name: 'www1', power_on: true }] } })

const entry = (page: Page, place: string, user: string) =>
  page
    .getByRole('table', { name: `Privileges on ${place}` })
    .getByRole('row')
    .filter({ hasText: user })

/** The request that grants a user a privilege. */
const grantTo = (user: string, body: object) => ({ method: 'POST', path: `/users/${user}/privileges`, body })

test('grants a privilege with conditions on a machine, changes it and revokes it', async ({
  page,
  account,
  bigv,
}) => {
  const { username: colleague } = await bigv.createUser({ account: account.account, level: 'vm_console' })
  await openMachine(page, account, 'www1', { tab: 'privileges' })
  await expect(page.getByText('No privileges on www1 itself')).toBeVisible()
  await page.getByRole('button', { name: 'Grant privilege' }).click()
  const dialog = dialogNamed(page, 'Grant a privilege on www1')
  const grant = dialog.getByRole('button', { name: 'Grant' })
  await expect(dialog.getByRole('option')).toHaveText(['Choose one', 'vm_admin', 'vm_console'])
  await expect(grant).toHaveAccessibleDescription('Enter a username.')
  await dialog.getByLabel('User').fill('nobody0')
  await dialog.getByLabel('Level').selectOption('vm_admin')
  await expect(dialog).toContainText('Change and administer machines.')
  await dialog.getByLabel('Requires a Yubikey one-time password').click()
  await dialog.getByLabel('One-time password valid for').fill('5')
  await dialog.getByLabel('Only from these addresses').fill('home')
  await expect(grant).toHaveAccessibleDescription(/“home” is neither an address nor a network/)
  await check(page, 'a privilege to grant, with an error', DIALOG)
  await dialog.getByLabel('Only from these addresses').fill('192.0.2.0/24, 127.0.0.1')
  const conditions = { yubikey_otp_max_age: 300, ip_restrictions: '192.0.2.0/24, 127.0.0.1' }
  const body = {
    virtual_machine_id: account.machine('www1').id,
    level: 'vm_admin',
    password_required: true,
    yubikey_required: true,
  }
  await dialog.getByText('What will be sent').click()
  await expect(dialog).toContainText(JSON.stringify({ ...body, ...conditions }))
  await grant.click()
  await expect(dialog.getByRole('alert')).toContainText('Not found, or you don’t have access')
  await expect(dialog.getByLabel('Only from these addresses')).toHaveValue('192.0.2.0/24, 127.0.0.1')
  await dialog.getByLabel('User').fill(colleague)
  await grant.click()
  await expect(dialog).toBeHidden()
  await expect(toast(page, `Granted vm_admin on www1 for ${colleague}`)).toBeVisible()
  // The user also has an inherited privilege.
  const granted = entry(page, 'www1', colleague).filter({ hasText: 'vm_admin' })
  await expect(granted).toContainText('OTP valid for 5 min')
  await expect(granted).toContainText('Only from 192.0.2.0/24, 127.0.0.1')
  await expect(granted).toContainText(`Granted by ${account.username}`)
  await check(page, 'privileges on a machine')

  await granted.getByRole('button', { name: `Change vm_admin of ${colleague}` }).click()
  const changing = dialogNamed(page, `Change vm_admin of ${colleague}`)
  await expect(changing.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(
    'No changes to save.',
  )
  await changing.getByLabel('Only from these addresses').fill('')
  // BigV reports success, but ignores the change.
  await bigv.failNext(account, 'PUT', { kind: 'status', status: 200, body: '{}' }, '^/privileges/')
  await changing.getByRole('button', { name: 'Save' }).click()
  await expect(changing.getByRole('alert')).toContainText('the privilege doesn’t show the change')
  await changing.getByRole('button', { name: 'Save' }).click()
  await expect(changing).toBeHidden()
  await expect(granted).toContainText('Any address')

  await granted.getByRole('button', { name: `Revoke vm_admin of ${colleague}` }).click()
  const revoking = dialogNamed(page, `Revoke vm_admin of ${colleague}?`)
  await expect(revoking).toContainText(`${colleague} loses this privilege on www1 at once.`)
  await check(page, 'the Revoke privilege dialog', DIALOG)
  await revoking.getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('No privileges on www1 itself')).toBeVisible()

  const privilege = { path: expect.stringMatching(/^\/privileges\/\d+$/) }
  await expect(bigv).toHaveReceived([
    grantTo('nobody0', { ...body, ...conditions }),
    grantTo(colleague, { ...body, ...conditions }),
    { method: 'PUT', ...privilege, body: { ip_restrictions: null } },
    { method: 'PUT', ...privilege, body: { ip_restrictions: null } },
    { method: 'DELETE', ...privilege, body: null },
  ])
  expect(new Set((await writes(bigv)).slice(2).map(({ path }) => path)).size).toBe(1)
})

test('grants a privilege on a group and lists that in the activity @long', async ({
  page,
  account,
  bigv,
}) => {
  const { username: colleague } = await bigv.createUser({ account: account.account, level: 'vm_console' })
  await openMachine(page, account, 'www1', { tab: 'privileges' })
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('button', { name: 'Actions for default' }).click()
  await page.getByRole('menuitem', { name: 'Access' }).click()
  await expect(page).toHaveURL(`/accounts/${account.account}/groups/default/privileges`)
  await page.getByRole('button', { name: 'Grant privilege' }).click()
  const dialog = dialogNamed(page, 'Grant a privilege on default')
  await dialog.getByLabel('User').fill(colleague)
  await dialog.getByLabel('Level').selectOption('group_admin')
  await dialog.getByRole('button', { name: 'Grant' }).click()
  await expect(entry(page, 'default', colleague).filter({ hasText: 'group_admin' })).toBeVisible()
  const group_id = account.group('default').id
  await expect(bigv).toHaveReceived([
    grantTo(colleague, {
      group_id,
      level: 'group_admin',
      password_required: true,
      yubikey_required: false,
    }),
  ])
  await sessionLink(page, 'Activity').click()
  const done = await openEntry(page, /^Grant privilege group_admin on default/)
  expect(await textToCopy(page, done, 'Copy for the command-line client')).toBe(
    `bytemark grant privilege group_admin on default.${account.account} to ${colleague}`,
  )
})

test('marks inherited privileges, and hints at a level that BigV may refuse to revoke', async ({
  page,
  account,
  bigv,
}) => {
  const { username: colleague } = await bigv.createUser({ account: account.account, level: 'vm_console' })
  await open(page, account, `/accounts/${account.account}/groups/default/privileges`)
  await expect(page.getByText('No privileges on default itself')).toBeVisible()
  const inherited = entry(page, 'default', colleague)
  await expect(inherited.getByRole('button')).toHaveCount(0)
  await check(page, 'inherited privileges')
  await inherited.getByRole('link', { name: `from ${account.account}` }).click()
  await expectPage(page, `Access to ${account.account}`)
  await page.getByRole('button', { name: `Revoke account_admin of ${account.username}` }).click()
  const own = dialogNamed(page, `Revoke account_admin of ${account.username}?`)
  await expect(own).toContainText(
    `You’re listed as account_admin on ${account.account}. BigV may refuse this.`,
  )
  await own.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: `Revoke vm_console of ${colleague}` }).click()
  const dialog = dialogNamed(page, `Revoke vm_console of ${colleague}?`)
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect(dialog).toBeHidden()
  await expect(entry(page, account.account, colleague)).toBeHidden()
  await expect(bigv).toHaveReceived([
    { method: 'DELETE', path: expect.stringMatching(/^\/privileges\/\d+$/), body: null },
  ])
})

test('lists the user’s own privileges, and hints that BigV may refuse a grant @long', async ({
  page,
  account,
  bigv,
}) => {
  const viewer = await bigv.createUser({ account: account.account, level: 'vm_console', otpRequired: true })
  await open(page, { ...account, ...viewer })
  await page.getByRole('button', { name: `Settings of ${viewer.username}` }).click()
  await page.getByRole('menuitem', { name: 'Your access' }).click()
  await expect(page).toHaveURL('/privileges')
  const own = page.getByRole('table', { name: 'Privileges' }).getByRole('row').last()
  await expect(own).toContainText(`account ${account.account} vm_console`)
  await expect(own).toContainText('OTP valid for 15 min')
  await expect(own).toContainText('Any address')
  await check(page, 'the user’s own privileges')
  await own.getByRole('link', { name: `account ${account.account}` }).click()
  await page.getByRole('main').getByRole('link', { name: 'Access' }).click()
  await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveCount(1)
  await page.getByRole('button', { name: 'Grant privilege' }).click()
  const dialog = dialogNamed(page, `Grant a privilege on ${account.account}`)
  await dialog.getByLabel('User').fill('someone')
  await dialog.getByLabel('Level').selectOption('vm_console')
  await expect(dialog).toContainText(
    `You’re listed as vm_console on ${account.account}. BigV may refuse this.`,
  )
  await expect(dialog.getByRole('button', { name: 'Grant', exact: true })).toBeEnabled()
})

test('disables only the action that BigV refused with 403, until Try again', async ({
  page,
  account,
  bigv,
}) => {
  const viewer = await bigv.createUser({ account: account.account, level: 'vm_console' })
  await openMachine(page, { ...account, ...viewer }, 'www1')
  const stop = page.getByRole('menuitem', { name: LABELS.stop })
  await confirm(page, LABELS.stop, 'www1')
  const refused = page.getByRole('status').filter({ hasText: 'BigV refused this' })
  await expect(refused).toContainText(
    /^BigV refused this.*Force stop: Not allowed \(403\).* That was at \d\d:\d\d:\d\d\./,
  )
  await check(page, 'a machine with a refused action')
  await page.getByRole('button', { name: 'Shut down menu' }).click()
  await expect(stop).toHaveAccessibleDescription(/^Not allowed \(403\).* choose Try again in Activity\.$/)
  await page.keyboard.press('Escape')
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect(bigv).toHaveReceived([{ method: 'PUT', path: account.machine('www1').path }])

  await refused.getByRole('button', { name: `Try again: ${LABELS.stop}` }).click()
  await expect(refused).toBeHidden()
  await dialogNamed(page, `${LABELS.stop} www1?`).getByRole('button', { name: 'Cancel' }).click()
  await confirm(page, LABELS.stop, 'www1')
  await expect(refused).toBeVisible()
  await sessionLink(page, 'Activity').click()
  await (await openEntry(page, `${LABELS.stop} www1`)).getByRole('link', { name: 'Try again' }).click()
  await expectPage(page, 'www1')
  await expect(refused).toBeHidden()
})

test('links back to the machines if BigV is too old to list privileges @long', async ({
  page,
  account,
  bigv,
}) => {
  await bigv.addFault({ kind: 'status', status: 404, match: { path: 'staging/privileges$' }, times: null })
  await open(page, account, `/accounts/${account.account}`)
  await page.getByRole('button', { name: 'Actions for staging' }).click()
  await page.getByRole('menuitem', { name: 'Access' }).click()
  await expect(
    page.getByText('This BigV doesn’t list privileges, or you don’t have access to them.'),
  ).toBeVisible()
  await expect(page.getByRole('link', { name: 'View machines' })).toHaveAttribute(
    'href',
    listPath(account, 'staging'),
  )
})
