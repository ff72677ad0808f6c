import { listPath } from './account.ts'
import { check } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { confirm, dialogNamed, groupLink } from './steps/page.ts'
import { open, openMachine } from './steps/sign-in.ts'

test.use({ wanted: { groups: ['staging'], machines: [{ name: 'www1', power_on: true }] } })

const entry = (page: Page, place: string, whose: string) =>
  page
    .getByRole('list', { name: `Privileges on ${place}` })
    .getByRole('listitem')
    .filter({ hasText: whose })

test('privileges are granted, changed and revoked on a machine, a group and an account, and read back', async ({
  page,
  account,
  bigv,
}) => {
  const { username: colleague } = await bigv.createUser({ account: account.account, level: 'vm_console' })
  const id = account.machine(0).id
  await openMachine(page, account, 'www1')
  const tabs = page.getByRole('navigation', { name: 'Machine', exact: true })
  await tabs.getByRole('link', { name: 'Privileges' }).click()
  await expect(page.getByText('None on www1 itself')).toBeVisible()
  await page.getByRole('button', { name: 'Grant privilege' }).click()
  const dialog = dialogNamed(page, 'Grant a privilege on www1')
  const grant = dialog.getByRole('button', { name: 'Grant' })
  await expect(dialog.getByRole('option')).toHaveText(['Choose one', 'vm_admin', 'vm_console'])
  await expect(grant).toHaveAccessibleDescription('Say whose it is to be.')
  await dialog.getByLabel('User').fill('nobody0')
  await dialog.getByLabel('Level').selectOption('vm_admin')
  await expect(dialog).toContainText('Change and administer machines.')
  await dialog.getByLabel('Wants a Yubikey’s one-time password').click()
  await dialog.getByLabel('Each password is good for').fill('5')
  await dialog.getByLabel('Only from these addresses').fill('home')
  await expect(grant).toHaveAccessibleDescription(/“home” is no address/)
  await check(page, 'a privilege to grant, with an error')
  await dialog.getByLabel('Only from these addresses').fill('192.0.2.0/24, 127.0.0.1')
  const conditions = { yubikey_otp_max_age: 300, ip_restrictions: '192.0.2.0/24, 127.0.0.1' }
  const body = { virtual_machine_id: id, level: 'vm_admin', password_required: true, yubikey_required: true }
  await expect(dialog).toContainText(JSON.stringify({ ...body, ...conditions }))
  await grant.click()
  await expect(dialog.getByRole('alert')).toContainText('BigV has nothing there')
  await expect(dialog.getByLabel('Only from these addresses')).toHaveValue('192.0.2.0/24, 127.0.0.1')
  await dialog.getByLabel('User').fill(colleague)
  await grant.click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText(`vm_admin on www1 for ${colleague} was granted`)).toBeVisible()
  const granted = entry(page, 'www1', colleague)
  await expect(granted).toContainText('Yubikey needed: each OTP is good for 5 min')
  await expect(granted).toContainText('Only from 192.0.2.0/24, 127.0.0.1')
  await expect(granted).toContainText(`granted by ${account.username}`)
  await check(page, 'privileges on a machine')

  await granted.getByRole('button', { name: `Change vm_admin of ${colleague}` }).click()
  const changing = dialogNamed(page, `Change vm_admin of ${colleague}`)
  await expect(changing.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(
    'Nothing is changed yet.',
  )
  await changing.getByLabel('Only from these addresses').fill('')
  // Answered as if it were done, and dropped.
  const match = { method: 'PUT', username: account.username }
  await bigv.addFault({ kind: 'status', status: 200, body: '{}', match })
  await changing.getByRole('button', { name: 'Save' }).click()
  await expect(changing.getByRole('alert')).toContainText('the privilege is not as it was written')
  await changing.getByRole('button', { name: 'Save' }).click()
  await expect(changing).toBeHidden()
  await expect(granted).toContainText('From any address')

  await granted.getByRole('button', { name: `Revoke vm_admin of ${colleague}` }).click()
  const revoking = dialogNamed(page, `Revoke vm_admin of ${colleague}?`)
  await expect(revoking).toContainText(`${colleague} loses it on www1 at once.`)
  await check(page, 'a privilege to revoke')
  await revoking.getByRole('button', { name: 'Revoke' }).click()
  await expect(page.getByText('None on www1 itself')).toBeVisible()

  // On a group and an account, from their pages.
  await page.getByRole('link', { name: 'privileges on default' }).click()
  await expect(page).toHaveURL(`/accounts/${account.account}/groups/default/privileges`)
  await page.getByRole('button', { name: 'Grant privilege' }).click()
  const onGroup = dialogNamed(page, 'Grant a privilege on default')
  await onGroup.getByLabel('User').fill(colleague)
  await onGroup.getByLabel('Level').selectOption('group_admin')
  await onGroup.getByRole('button', { name: 'Grant' }).click()
  await expect(entry(page, 'default', colleague)).toContainText('group_admin')
  await page.getByRole('link', { name: `privileges on ${account.account}` }).click()
  // One's own is as high as oneself, and a colleague's is not.
  await expect(
    page.getByRole('button', { name: `Revoke account_admin of ${account.username}` }),
  ).toHaveAccessibleDescription('You are account_admin here, and can change levels below that only.')
  await page.getByRole('button', { name: `Revoke vm_console of ${colleague}` }).click()
  const onAccount = dialogNamed(page, `Revoke vm_console of ${colleague}?`)
  await onAccount.getByRole('button', { name: 'Revoke' }).click()
  await expect(onAccount).toBeHidden()
  await expect(entry(page, account.account, colleague)).toBeHidden()

  const sent = (await bigv.requests({ username: account.username })).filter(({ method }) => method !== 'GET')
  const group = account.group('default').id
  const privilege = sent.at(2)?.path
  expect(privilege).toMatch(/^\/privileges\/\d+$/)
  expect(sent.map(({ method, path, body: written }) => [`${method} ${path}`, written])).toEqual([
    ['POST /users/nobody0/privileges', { ...body, ...conditions }],
    [`POST /users/${colleague}/privileges`, { ...body, ...conditions }],
    [`PUT ${privilege}`, { ip_restrictions: null }],
    [`PUT ${privilege}`, { ip_restrictions: null }],
    [`DELETE ${privilege}`, null],
    [
      `POST /users/${colleague}/privileges`,
      { group_id: group, level: 'group_admin', password_required: true, yubikey_required: false },
    ],
    [expect.stringMatching(/^DELETE \/privileges\/\d+$/), null],
  ])
  await page.getByRole('link', { name: 'Activity' }).click()
  const command = `bytemark grant privilege group_admin on default.${account.account} to ${colleague}`
  const done = page.getByRole('listitem', { name: /^Grant privilege group_admin on default/ })
  await done.getByText('As a command, as JSON').click()
  await expect(done).toContainText(command)
})

test('one’s own privileges say on what, with which Yubikey and from where; who may not grant is told so', async ({
  page,
  account,
  bigv,
}) => {
  const viewer = await bigv.createUser({ account: account.account, level: 'vm_console', otpRequired: true })
  await open(page, { ...account, ...viewer })
  await page.getByRole('button', { name: `Settings of ${viewer.username}` }).click()
  await page.getByRole('menuitem', { name: 'Your privileges' }).click()
  await expect(page).toHaveURL('/privileges')
  const own = page.getByRole('list', { name: 'Privileges' }).getByRole('listitem')
  await expect(own).toContainText(`account ${account.account}vm_console`)
  await expect(own).toContainText('Yubikey needed: each OTP is good for 15 min')
  await expect(own).toContainText('From any address')
  await check(page, 'one’s own privileges')
  await own.getByRole('link', { name: `account ${account.account}` }).click()
  await page.getByRole('main').getByRole('link', { name: 'Privileges' }).click()
  await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveCount(1)
  await expect(page.getByRole('button', { name: /^Revoke/ })).toHaveAccessibleDescription(
    /You are vm_console here/,
  )
  await page.getByRole('button', { name: 'Grant privilege' }).click()
  await expect(page.getByRole('button', { name: 'Grant', exact: true })).toHaveAccessibleDescription(
    'You are vm_console here, and can give nothing below that.',
  )
  await page.keyboard.press('Escape')

  // What BigV refuses with 403 is not asked for again in this session; the rest is.
  await groupLink(page, 'default').click()
  await page.getByRole('link', { name: 'www1' }).click()
  const stop = page.getByRole('button', { name: LABELS.stop, exact: true })
  await confirm(page, LABELS.stop, 'www1')
  await expect(stop).toHaveAccessibleDescription(
    /^You may not do this\..* That was at \d\d:\d\d:\d\d; sign in anew to try again\.$/,
  )
  await expect(stop).toBeDisabled()
  await expect(page.getByRole('button', { name: LABELS.reset, exact: true })).toBeEnabled()
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path: `${listPath(account)}/${account.machine(0).id}` },
  ])
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Overview' }).click()

  // An older brain does not tell.
  await bigv.addFault({ kind: 'status', status: 404, match: { path: 'staging/privileges$' }, times: null })
  await page.getByRole('button', { name: 'Actions for staging' }).click()
  await page.getByRole('menuitem', { name: 'Privileges' }).click()
  await expect(
    page.getByText('This BigV does not tell who has privileges here, or not to you.'),
  ).toBeVisible()
  await expect(page.getByRole('link', { name: 'To its machines' })).toHaveAttribute(
    'href',
    listPath(account, 'staging'),
  )
})
