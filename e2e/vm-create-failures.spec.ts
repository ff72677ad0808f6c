import { listPath } from './account.ts'
import { check, DIALOG } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { dialogNamed, expectPage, toast, turnOnReadOnlyMode } from './steps/page.ts'
import { expectNothingSent } from './steps/received.ts'
import { ANOTHER_OTP, open, signInAgain } from './steps/sign-in.ts'
import {
  createButton,
  createPath,
  fillToReview,
  next,
  expectStep,
  openMoreOptions,
  openWizard,
  goToReview,
  createRequest,
} from './wizard.ts'

/** Called on the Review step. Expects that nothing filled in by `fillToReview` is lost. */
async function expectNothingLost(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Change image' }).click()
  await expect(page.getByRole('radio', { name: 'wheezy' })).toBeChecked()
  await expect(page.getByLabel('Root password', { exact: true })).toHaveValue('s3cret of mine')
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Machine' }).click()
  await expect(page.getByLabel('Name')).toHaveValue(name)
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click()
  await expectStep(page, 'Review')
}

test('shows BigV’s refusal at its field and step until the field is changed', async ({
  page,
  account,
  bigv,
}) => {
  await openWizard(page, account)
  await fillToReview(page, 'reserved')
  await bigv.failNext(account, 'POST', { kind: 'status', status: 400, body: { name: ['is invalid'] } })
  await createButton(page).click()
  const name = page.getByLabel('Name')
  await expect(name).toBeFocused()
  await expect(name).toHaveAccessibleDescription(/BigV said: is invalid/)
  await expect(page.getByRole('alert')).toContainText('The machine was not created')
  await expect(page.getByRole('alert')).toContainText(`POST ${createPath(account)} → 400`)
  await name.fill('dash-ed')
  await expect(name).not.toHaveAttribute('aria-invalid')
  await goToReview(page)
  await createButton(page).click()
  await expectPage(page, 'dash-ed')
  await expect(bigv).toHaveReceived([createRequest(account, 'reserved'), createRequest(account, 'dash-ed')])
})

test('shows each field’s error at the field, and others above the form @long', async ({
  page,
  account,
  bigv,
}) => {
  const refuse = (status: number, body: unknown) =>
    bigv.failNext(account, 'POST', { kind: 'status', status, body })
  await openWizard(page, account)
  await fillToReview(page, 'web4')
  for (const [status, body, says] of [
    [400, 'No room at the inn', 'No room at the inn'],
    [409, '', 'BigV refused this (409).'],
  ] as const) {
    await refuse(status, body)
    await createButton(page).click()
    await expect(page.getByRole('alert')).toContainText(says)
    await expect(page.getByRole('alert')).toBeInViewport()
    await expectNothingLost(page, 'web4')
  }
  await refuse(400, {
    discs: [{ size: ['must be less than or equal to 100'] }],
    root_password: ['is too short'],
    base: ['The group is full'],
  })
  await createButton(page).click()
  await expectStep(page, 'Image')
  const password = page.getByLabel('Root password', { exact: true })
  await expect(password).toBeFocused()
  await expect(password).toHaveAccessibleDescription('BigV said: is too short')
  await expect(page.getByRole('alert')).toContainText('The group is full.')
  await next(page, 'Discs')
  await expect(page.getByLabel('Size')).toHaveAccessibleDescription(
    /\(in MiB\): must be less than or equal to 100/,
  )
  await next(page, 'Review')
  await createButton(page).click()
  await expectPage(page, 'web4')
  await expect(bigv).toHaveReceivedCount(4)
})

test('keeps the input if the connection is cut before BigV acts, and resends on request @long', async ({
  page,
  account,
  bigv,
}) => {
  await bigv.failNext(account, 'POST', { kind: 'cut-before' })
  await page.setViewportSize({ width: 360, height: 500 })
  await openWizard(page, account)
  await fillToReview(page, 'web4')
  await createButton(page).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('web4 may have been created')
  await expect(alert).toBeInViewport()
  await expect(alert).toContainText('web4 couldn’t be found afterwards')
  await expect(alert).toContainText(`POST ${createPath(account)}`)
  await expectNothingLost(page, 'web4')
  await expect(bigv).toHaveReceivedCount(1)
  await alert.getByRole('button', { name: 'Send again' }).click()
  await expectPage(page, 'web4')
  await expect(bigv).toHaveReceived([createRequest(account, 'web4'), createRequest(account, 'web4')])
})

test('finds the machine after the connection is cut, and doesn’t create it twice', async ({
  page,
  account,
  bigv,
}) => {
  await bigv.pauseTime()
  await bigv.failNext(account, 'POST', { kind: 'cut-after-processing' })
  await openWizard(page, account)
  await fillToReview(page, 'web4')
  await createButton(page).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('web4 exists now and is being created.')
  await expect(alert.getByRole('link', { name: 'Open web4' })).toBeVisible()
  await alert.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByLabel('Name')).toHaveAccessibleDescription(/That name is taken\./)
  await expect(bigv).toHaveReceivedCount(1)
  await page.getByRole('link', { name: 'Open web4' }).click()
  await dialogNamed(page).getByRole('button', { name: 'Leave' }).click()
  await expectPage(page, 'web4')
})

test.describe('a taken name', () => {
  test.use({ wanted: { machines: [{ name: 'www1' }, { name: 'gone', deleted: true }] } })

  test('is reported while the user types, with a link to its machine, and nothing is sent @long', async ({
    page,
    account,
    bigv,
  }) => {
    await openWizard(page, account)
    const name = page.getByLabel('Name')
    await name.fill('gone')
    await expect(page.getByText('A deleted machine keeps this name until you purge it.')).toBeVisible()
    await expect(page.getByRole('link', { name: 'Open deleted machine gone' })).toBeVisible()
    await name.fill('{www1,gone,free}')
    await expect(page.getByText('2 of these names are taken')).toBeVisible()
    await name.fill('free')
    await expect(page.getByRole('link', { name: /^Open/ })).toBeHidden()
    // Created elsewhere since the names were fetched.
    await bigv.setMachine(account.machine('www1').id, { name: 'free' })
    await fillToReview(page, 'free')
    await createButton(page).click()
    await expect(name).toBeFocused()
    await expect(name).toHaveAccessibleDescription(/That name is taken\./)
    await name.fill('gone')
    await goToReview(page)
    await createButton(page).click()
    await expect(name).toHaveAccessibleDescription(/A deleted machine keeps this name until you purge it./)
    await expectNothingSent(page, bigv)
    await page.getByRole('link', { name: 'Open deleted machine gone' }).click()
    const leaveDialog = dialogNamed(page, 'Leave and lose the root password?')
    await leaveDialog.getByRole('button', { name: 'Leave' }).click()
    await expectPage(page, 'gone')
  })
})

test('asks before the user leaves and loses a secret, and keeps the rest as a draft @long', async ({
  page,
  account,
}) => {
  await open(page, account)
  await page.getByRole('link', { name: 'Create machine' }).click()
  await page.getByLabel('Name').fill('web4')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await expect(page).toHaveURL(listPath(account))
  await page.getByRole('link', { name: 'Create machine' }).click()
  await expect(page.getByText('This is your draft from')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('web4')
  await fillToReview(page, 'web5')
  const leaveDialog = dialogNamed(page, 'Leave and lose the root password?')
  const elsewhere = page.getByRole('link', { name: 'default' }).first()
  await elsewhere.click()
  await check(page, 'the dialog before leaving', DIALOG)
  await leaveDialog.getByRole('button', { name: 'Stay' }).click()
  await expect(leaveDialog).toBeHidden()
  await expectNothingLost(page, 'web5')
  await elsewhere.click()
  await expect(leaveDialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(leaveDialog).toBeHidden()
  await elsewhere.click()
  await leaveDialog.getByRole('button', { name: 'Leave' }).click()
  await expect(page).toHaveURL(listPath(account))
  await page.getByRole('link', { name: 'Create machine' }).click()
  await expect(page.getByLabel('Name')).toHaveValue('web5')
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(page.getByLabel('Name')).toHaveValue('')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'Create machine' }).click()
  await expectStep(page, 'Machine')
  await expect(page.getByLabel('Name')).toHaveValue('')
})

test('asks before the user leaves during the request, and reports a refusal on any page @long', async ({
  page,
  account,
  bigv,
}) => {
  await bigv.failNext(account, 'POST', { kind: 'status', status: 403, delayMs: 5000 })
  await openWizard(page, account)
  await fillToReview(page, 'web4')
  await createButton(page).press('Enter')
  await createButton(page).press('Enter')
  await expect(createButton(page)).toHaveAttribute('aria-busy', 'true')
  await page.getByRole('button', { name: 'Change machine' }).click()
  await page.getByRole('link', { name: 'Cancel' }).click()
  const leaveDialog = dialogNamed(page, 'Leave while the request is being sent?')
  await expect(leaveDialog).toContainText('may still be created')
  await leaveDialog.getByRole('button', { name: 'Leave' }).click()
  await expect(page).toHaveURL(listPath(account))
  await expect(toast(page, 'web4 was not created')).toContainText('Not allowed (403): ')
  await expect(bigv).toHaveReceivedCount(1)
})

test('asks before a half-filled wizard is closed or reloaded, but not when signing out', async ({
  page,
  account,
}) => {
  await openWizard(page, account)
  await page.getByLabel('Name').fill('web4')
  const unloadDialog = page.waitForEvent('dialog')
  const closing = page.close({ runBeforeUnload: true })
  const dialog = await unloadDialog
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await closing
  await expect(page.getByLabel('Name')).toHaveValue('web4')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/sign-in')
})

test('accepts input while BigV’s options are loading and when they fail to load @long', async ({
  page,
  account,
  bigv,
}) => {
  const definitions = { method: 'GET', path: '/definitions' }
  await bigv.addFault({ kind: 'status', status: 500, match: definitions, delayMs: 500 })
  await openWizard(page, account)
  await page.getByLabel('Name').fill('early')
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('Couldn’t load BigV’s options')
  await expect(alert).toContainText('GET /definitions → 500')
  await expect(page.getByLabel('Name')).toHaveValue('early')
  await next(page, 'Image')
  const cd = page.getByLabel('CD image URL')
  await cd.fill('https://example.com/x.iso')
  await alert.getByRole('button', { name: 'Try again' }).click()
  await expect(alert).toBeHidden()
  await page.getByRole('radio', { name: 'wheezy' }).check()
  await expect(cd).toHaveValue('https://example.com/x.iso')
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByLabel('Name')).toHaveValue('early')
  await openMoreOptions(page)
  await expect(page.getByLabel('Hardware profile', { exact: true }).getByRole('option')).toHaveCount(5)
})

test('disables Create in read-only mode and says why @long', async ({ page, account, bigv }) => {
  await openWizard(page, account)
  await turnOnReadOnlyMode(page)
  await fillToReview(page, 'web4')
  await expect(createButton(page)).toHaveAccessibleDescription(/Read-only mode is on/)
  await createButton(page).press('Enter')
  await expect(createButton(page)).toBeDisabled()
  await expectNothingSent(page, bigv)
})

test.describe('for a user with a one-time password', () => {
  test.use({ wanted: { otpRequired: true } })

  test('asks for a new OTP if it has expired, then sends the request once @long', async ({
    page,
    account,
    bigv,
  }) => {
    await openWizard(page, account)
    await fillToReview(page, 'web4')
    await bigv.expireOtp()
    await createButton(page).click()
    await signInAgain(page, { otp: ANOTHER_OTP })
    await expectPage(page, 'web4')
    await expect(bigv).toHaveReceived([createRequest(account, 'web4')])
  })
})
