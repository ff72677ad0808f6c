import { check, DIALOG } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { batchPanel, batchProgress, chooseBulk, selectAll } from './steps/list.ts'
import { button, confirm, dialogNamed, expectPageWidth, notRefreshed, toast, updated } from './steps/page.ts'
import {
  ANOTHER_OTP,
  fillSignInAgain,
  open,
  openMachine,
  passwordField,
  signInAgain,
  signInAgainDialog,
} from './steps/sign-in.ts'

test.use({
  wanted: { otpRequired: true, machines: [{ name: 'www1', power_on: true, autoreboot_on: true }] },
})

test('asks only for a new OTP, over the open page, then continues refreshing', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await openMachine(page, account, 'www1')

  await bigv.expireOtp()
  await page.clock.runFor(10_500)
  const dialog = signInAgainDialog(page)
  await expect(dialog).toContainText(`Enter a new one-time password for ${account.username}. Nothing`)
  await expect(dialog.getByLabel('Yubikey OTP')).toBeFocused()
  await expect(passwordField(dialog)).toBeHidden()
  await check(page, 'the Sign in again dialog', DIALOG)

  const { id } = account.machine('www1')
  await bigv.setMachine(id, { power_on: false, autoreboot_on: false })
  await signInAgain(page, { otp: ANOTHER_OTP })
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
})

test('asks for username, password and OTP if BigV refuses a new OTP alone @long', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await openMachine(page, account, 'www1')
  await bigv.expireOtp()
  await page.clock.runFor(10_500)
  const dialog = signInAgainDialog(page)
  await fillSignInAgain(page, { otp: 'wrong' })
  await expect(dialog.getByRole('alert')).toContainText('Wrong username, password or one-time password')
  await expect(dialog.getByLabel('Username')).toHaveValue(account.username)
  await expect(passwordField(dialog)).toBeFocused()
  await expect(dialog.getByLabel('Yubikey OTP')).toHaveValue('wrong')
  await check(page, 'the Sign in again dialog, with an error', DIALOG)
  await signInAgain(page, { password: account.password, otp: ANOTHER_OTP })
})

test('accepts a new OTP before the current one expires @long', async ({ page, account }) => {
  await page.clock.install()
  await openMachine(page, account, 'www1')
  const otp = page.getByRole('button', { name: /^OTP/ })
  await expect(otp).toBeHidden()
  await page.clock.fastForward('14:00')
  const expiring = page.getByRole('button', { name: /^OTP valid for (1 min|5\d s)$/ })
  // BigV's limit comes from the user's privileges.
  await expect(expiring).toHaveAccessibleDescription(
    /^The one-time password was first sent at \d\d:\d\d\. BigV accepts it for 15 min\./,
  )
  // On a phone the OTP's time leaves the account's name at least half of its width.
  await page.setViewportSize({ width: 360, height: 800 })
  await expect(expiring).toBeVisible()
  const name = page.getByRole('banner').getByText(account.account, { exact: true })
  expect((await name.boundingBox())?.width).toBeGreaterThanOrEqual(56)
  await expectPageWidth(page, 360)
  await page.setViewportSize({ width: 1280, height: 720 })
  await expiring.click()
  await expect(signInAgainDialog(page)).toContainText('replaces the one in use')
  await signInAgain(page, { otp: ANOTHER_OTP })
  await expect(otp).toBeHidden()
})

test('keeps the page, marked as stale, if the user declines to sign in again @long', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await openMachine(page, account, 'www1')
  await bigv.expireOtp()
  await page.clock.runFor(10_500)
  await signInAgainDialog(page).getByRole('button', { name: 'Not now' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'You’re no longer signed in' })).toBeVisible()
  await expect(page.getByText(/^as of \d\d:\d\d:\d\d$/)).toBeVisible()
  await expect(page.getByRole('heading', { name: 'www1' })).toBeVisible()
  // One notice says it all.
  await expect(updated(page)).toHaveText(/paused$/)
  await expect(notRefreshed(page)).toBeHidden()
  await check(page, 'no longer signed in')
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await signInAgain(page, { otp: ANOTHER_OTP })
  await expect(page.getByRole('alert')).toBeHidden()
  await expect(page.getByText(/^as of/)).toBeHidden()
})

test('sends a write that got a 401 once more when the same user signs in again', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  await bigv.failNext(account, 'PUT', { kind: 'status', status: 401 })
  await confirm(page, LABELS.stop, 'www1')
  await expect(signInAgainDialog(page)).toBeVisible()
  await signInAgain(page, { otp: ANOTHER_OTP })
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  const sent = await bigv.requests({ account: account.account })
  expect(sent.filter(({ method }) => method === 'PUT').map(({ status }) => status)).toEqual([401, 200])
})

test('asks before sending a write again if signing in again took over a minute', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await openMachine(page, account, 'www1')
  await bigv.failNext(account, 'PUT', { kind: 'status', status: 401 })
  await confirm(page, LABELS.stop, 'www1')
  await expect(signInAgainDialog(page)).toBeVisible()
  await page.clock.fastForward('01:05')
  await signInAgain(page, { otp: ANOTHER_OTP })
  const question = page.getByRole('alert').filter({ hasText: 'More than a minute has passed.' })
  await expect(question).toBeVisible()
  await expect(bigv).toHaveReceivedCount(1)
  await question.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
  await expect(bigv).toHaveReceivedCount(2)
})

test('asks before sending a write again if the machine has changed', async ({ page, account, bigv }) => {
  await openMachine(page, account, 'www1')
  await bigv.failNext(account, 'PUT', { kind: 'status', status: 401 })
  await confirm(page, LABELS.stop, 'www1')
  await expect(signInAgainDialog(page)).toBeVisible()
  const { id } = account.machine('www1')
  await bigv.setMachine(id, { autoreboot_on: false })
  await signInAgain(page, { otp: ANOTHER_OTP })
  const question = page
    .getByRole('alert')
    .filter({ hasText: 'The machine has changed in the meantime: Running, automatic restart off.' })
  await question.getByRole('button', { name: 'Don’t send' }).click()
  await expect(question).toBeHidden()
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect(bigv).toHaveReceivedCount(1)
})

test('drops a write that got a 401 if another user signs in', async ({ page, account, bigv }) => {
  await openMachine(page, account, 'www1')
  const other = await bigv.createUser({ account: account.account, level: 'account_admin' })
  await bigv.failNext(account, 'PUT', { kind: 'status', status: 401 })
  await confirm(page, LABELS.stop, 'www1')
  await expect(signInAgainDialog(page)).toBeVisible()
  await signInAgainDialog(page).getByRole('button', { name: 'Use another username or password' }).click()
  await signInAgain(page, { ...other, otp: '' })
  await expect(page.getByRole('button', { name: `Settings of ${other.username}` })).toBeVisible()
  await expect(toast(page, 'www1')).toContainText('Another user signed in, so the request was cancelled.')
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect(bigv).toHaveReceivedCount(1)
})

test.describe('for a bulk run', () => {
  const names = ['web1', 'web2', 'web3', 'web4', 'web5', 'web6']
  test.use({
    frozen: true,
    wanted: { otpRequired: true, machines: names.map((name) => ({ name, power_on: true })) },
  })

  test('says how many requests would be sent after the OTP expires @long', async ({
    page,
    account,
    bigv,
  }) => {
    await page.clock.install()
    await open(page, account)
    await selectAll(page)
    await page.clock.fastForward('11:00')
    await chooseBulk(page, LABELS.shutDown)
    await expect(dialogNamed(page).getByText(/^Your OTP expires at \d\d:\d\d\.$/)).toBeVisible()
    await dialogNamed(page).getByText('Options').click()
    await dialogNamed(page).getByLabel('In parallel').fill('1')
    await button(dialogNamed(page), 'Shut down 6 machines').click()
    await batchProgress(page).click()
    await expect(batchPanel(page)).toContainText('1 running, 5 queued')

    // The run began 11 min after the sign-in. At 1:30 per machine, the fourth starts after the OTP's 15 min.
    await page.clock.fastForward('01:30')
    await bigv.setMachine(account.machine('web1').id, { power_on: false })
    const forecast = batchPanel(page).getByRole('status').filter({ hasText: 'OTP' })
    await expect(forecast).toContainText(/^3 of 6 would be sent after your OTP expires at \d\d:\d\d\./)
    await check(page, 'a bulk run that takes longer than the OTP', DIALOG)
    await button(forecast, 'Enter a new OTP').click()
    await signInAgain(page, { otp: ANOTHER_OTP })
    await expect(forecast).toBeHidden()
    await expect(batchPanel(page)).toContainText('4 queued')
  })
})
