import { check } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { basic, fillSignIn, listPath, machineLinks, open, openMachine, row, searchBox } from './steps.ts'
import { createPath, next, onStep } from './wizard.ts'

test.use({
  contextOptions: { reducedMotion: 'reduce' },
  wanted: {
    groups: ['staging', 'empty', 'a-group-with-a-rather-long-name'],
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true, ignores_acpi: true },
      { name: 'off1' },
      { name: 'old1', deleted: true },
      { name: 'a-machine-with-a-rather-long-name.for-testing', cores: 16, memory: 131072 },
    ],
  },
})

test('axe finds nothing on the sign-in page', async ({ page, account }) => {
  test.slow()
  await page.goto('/sign-in')
  await check(page, 'empty')
  await fillSignIn(page, { ...account, password: 'wrong' })
  await page.getByText('Details').click()
  await check(page, 'wrong password')
  await fillSignIn(page, { ...account, account: 'nowhere' })
  await expect(page.getByRole('alert')).toContainText('Yours to see')
  await check(page, 'no such account')
})

test('axe finds nothing on the list', async ({ page, account, bigv }) => {
  test.slow()
  await open(page, account, `${listPath(account)}?deleted=1&sort=-cores`)
  await expect(machineLinks(page)).toHaveCount(4)
  await check(page, 'with deleted machines')
  await page.getByRole('button', { name: 'Deleted only' }).click()
  await expect(page.getByRole('button', { name: 'Purge old1' })).toBeVisible()
  await check(page, 'deleted machines only')
  await page.goBack()
  await searchBox(page).fill('nothing like it')
  await expect(page.getByText('No machine matches')).toBeVisible()
  await check(page, 'no match')
  await searchBox(page).fill('')
  await page.getByRole('button', { name: 'Actions for off1' }).click()
  await check(page, 'the menu of a row')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Updated/ }).click()
  await check(page, 'the menu of the interval')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `Settings of ${account.username}` }).click()
  await check(page, 'the menu of the settings')
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 360, height: 800 })
  await page.getByRole('button', { name: 'Groups' }).click()
  await check(page, 'the menu of the groups')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'empty' }).click()
  await expect(page.getByText('No machines here')).toBeVisible()
  await check(page, 'an empty group')
  await bigv.addFault({ kind: 'hang', match: { path: 'staging/virtual_machines$' } })
  await page.getByRole('link', { name: 'staging' }).click()
  await expect(page.getByText('The machines are being read')).toBeAttached()
  await check(page, 'loading')
})

test('axe finds nothing on what says that something failed', async ({ page, account, bigv, request }) => {
  test.slow()
  await page.clock.install()
  await open(page, account, '/nowhere')
  await expect(page.getByText('There is no such page')).toBeVisible()
  await check(page, 'an unknown page')
  await page.getByRole('link', { name: 'To the machines' }).click()
  await expect(machineLinks(page)).toHaveCount(3)
  await bigv.addFault({ kind: 'status', status: 500, match: { path: 'virtual_machines$' }, times: null })
  await page.clock.fastForward(10_000)
  await expect(page.getByText('Not refreshed')).toBeVisible()
  await check(page, 'not refreshed')
  await page.getByRole('link', { name: 'staging' }).click()
  await expect(page.getByRole('alert')).toContainText('could not be read')
  await page.getByText('Details').click()
  await check(page, 'a failed list')
  await bigv.clearFaults()

  await page.getByRole('link', { name: 'default' }).click()
  await expect(machineLinks(page)).toHaveCount(3)
  await request.put(`/api/users/${account.username}`, {
    data: { password: 'another' },
    headers: { authorization: basic(account.username, account.password) },
  })
  await page.clock.fastForward(10_000)
  const again = page.getByRole('alertdialog', { name: 'Sign in again' })
  await expect(again).toBeVisible()
  await check(page, 'sign in again')
  await again.getByLabel('Password', { exact: true }).fill('wrong')
  await again.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(again.getByRole('alert')).toBeVisible()
  await check(page, 'sign in again, refused')
  await again.getByRole('button', { name: 'Not now' }).click()
  await expect(page.getByText('You are no longer signed in')).toBeVisible()
  await check(page, 'no longer signed in')
})

test('axe finds nothing on the page of a machine and its dialogs', async ({ page, account }) => {
  test.slow()
  await openMachine(page, account, 'www1')
  await check(page, 'running')
  for (const label of ['Shut down', 'Restart', 'Stop', 'Reboot', 'Reset']) {
    await page.getByRole('button', { name: label, exact: true }).click()
    await expect(page.getByRole('alertdialog', { name: `${label} www1?` })).toBeVisible()
    await check(page, `${label}?`)
    await page.keyboard.press('Escape')
  }
  await page.getByRole('button', { name: 'Send keys' }).click()
  await page.getByRole('button', { name: 'Ctrl Alt Delete' }).click()
  await check(page, 'keys to send')
})

test('axe finds nothing while something is in flight, overdue, and when it is done', async ({
  page,
  account,
  bigv,
}) => {
  test.slow()
  await bigv.pauseTime()
  await page.clock.install()
  await openMachine(page, account, 'www1')
  await page.getByRole('button', { name: 'Shut down' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Shut down' }).click()
  await expect(page.getByText('Shutting down…', { exact: true })).toBeVisible()
  await check(page, 'in flight')
  await page.clock.fastForward(121_000)
  await expect(page.getByText('overdue', { exact: true })).toBeVisible()
  await check(page, 'overdue')
  await page.getByRole('button', { name: '1 change' }).click()
  await check(page, 'the menu of the changes')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Stop now' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(page.getByText('www1 is stopped')).toBeVisible()
  await check(page, 'stopped, and said')
})

test('axe finds nothing on the pages of machines that are off, deleted or not there', async ({
  page,
  account,
}) => {
  await openMachine(page, account, 'old1')
  await check(page, 'deleted')
  await page.getByRole('link', { name: 'default' }).first().click()
  await row(page, 'a-machine-with-a-rather-long-name.for-testing').getByRole('link').click()
  await expect(page.getByRole('button', { name: 'Send keys' })).toBeVisible()
  await check(page, 'stopped, with a long name')
})

test('axe finds nothing where a machine is changed, re-imaged and purged', async ({ page, account }) => {
  test.slow()
  await openMachine(page, account, 'www1')
  await page.getByRole('link', { name: 'Settings' }).click()
  const hardware = page.getByRole('region', { name: 'Hardware' })
  await hardware.getByLabel('Cores').fill('2')
  await check(page, 'a change of hardware')
  await hardware.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('waits for a restart: cores 1 → 2')).toBeVisible()
  await hardware.getByLabel('Memory').fill('nothing')
  await page.getByRole('region', { name: 'Name and group' }).getByLabel('Name').fill('new')
  await check(page, 'waits for a restart')
  await page.getByRole('link', { name: 'default' }).first().click()
  await expect(row(page, 'www1')).toContainText('waits for a restart')
  await check(page, 'waits for a restart, in the list')
  await page.getByRole('link', { name: 'off1' }).click()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Re-image' }).click()
  await page.getByLabel('SSH public keys').fill('nothing')
  await check(page, 'Re-image?')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Purge' }).click()
  await check(page, 'Purge?')
  await page.getByLabel('Type off1 to confirm').fill('off1')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Purge' }).click()
  await expect(page.getByText('off1 is gone for good').first()).toBeVisible()
  await check(page, 'gone for good')
})

test('axe finds nothing on the account, its groups, the activity, the platform and the keys', async ({
  page,
  account,
}) => {
  test.slow()
  await open(page, account, `/accounts/${account.account}`)
  await expect(page.getByRole('link', { name: 'empty', exact: true })).toHaveCount(2)
  await check(page, 'the account')
  await page.getByRole('button', { name: 'Actions for default' }).click()
  await check(page, 'the menu of a group')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Create group' }).click()
  await page.keyboard.press('Enter')
  await check(page, 'a new group, with errors')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Actions for empty' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByText('It is empty.')).toBeVisible()
  await check(page, 'Delete the group?')
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: 'Platform' }).click()
  await expect(page.getByText('Keyboard layouts of the console')).toBeVisible()
  await check(page, 'the platform')
  await page.getByRole('link', { name: 'SSH keys' }).click()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await check(page, 'no keys, with errors')
  await page
    .getByLabel('Public keys')
    .fill('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr me@laptop')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('button', { name: 'Remove me@laptop' }).click()
  await check(page, 'Remove the last key?')
  await page.keyboard.press('Escape')
  const told = page.getByRole('listitem').filter({ hasText: 'has its SSH keys changed' })
  await told.getByRole('button', { name: /Dismiss|Close/ }).click()
  await expect(told).toBeHidden()
  await check(page, 'the keys')
  await page.getByRole('link', { name: 'Activity' }).click()
  await page.getByText('As a command, as JSON').click()
  await check(page, 'the activity')
  await page.goto('/activity?outcome=overtaken')
  await expect(page.getByText('None with this outcome')).toBeVisible()
  await check(page, 'the activity, none to show')
})

test('axe finds nothing on the discs and the network of a machine', async ({ page, account }) => {
  test.slow()
  await openMachine(page, account, 'www1')
  await page.getByRole('link', { name: 'Discs' }).click()
  await expect(page.getByRole('region', { name: 'Discs' })).toBeVisible()
  await check(page, 'the discs')
  await page.getByRole('button', { name: 'Add disc' }).click()
  await page.getByLabel('Size').fill('nothing')
  await check(page, 'a new disc, with an error')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Purge / }).click()
  await check(page, 'Purge the disc?')
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: 'Network' }).click()
  await page
    .getByRole('button', { name: /^Change reverse DNS/ })
    .first()
    .click()
  await page.getByLabel('Host name').fill('_')
  await check(page, 'reverse DNS, with an error')
  await page.keyboard.press('Escape')
  await check(page, 'the network')
  await page.getByRole('button', { name: 'Request addresses' }).click()
  await page.getByLabel('Reason').fill('TLS')
  await check(page, 'addresses to request')
  await page.getByRole('button', { name: 'Request', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('New:')
  await check(page, 'requested addresses')
})

test('axe finds nothing in the wizard', async ({ page, account }) => {
  test.slow()
  await open(page, account, createPath(account))
  await onStep(page, 'Machine')
  await check(page, 'Machine')
  await page.getByRole('button', { name: 'Next: discs' }).click()
  await check(page, 'Machine, with errors')
  await page.getByLabel('Name').fill('web4')
  await next(page, 'Discs')
  await check(page, 'Discs')
  await next(page, 'Image')
  await check(page, 'Image')
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await next(page, 'Review')
  await check(page, 'Review')
  await page.getByRole('link', { name: 'staging' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await check(page, 'leaving it')
})
