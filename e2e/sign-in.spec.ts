import { startApp } from '../tools/app-server.ts'
import { listPath } from './account.ts'
import { check } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { machineLinks, searchBox } from './steps/list.ts'
import { dialogNamed, expectPage, toast } from './steps/page.ts'
import {
  basic,
  fillSignIn,
  openBySigningIn,
  openSignInOptions,
  passwordField,
  signInButton,
  stayBox,
} from './steps/sign-in.ts'

test(
  'sends the credentials by HTTP Basic and opens the list of machines @firefox',
  { tag: '@web-server' },
  async ({ page, account, bigv }) => {
    await page.goto('/')
    await expect(page).toHaveURL('/sign-in')
    await expect(page).toHaveTitle('Sign in · BigV')
    await fillSignIn(page, account)
    await expect(page).toHaveURL(listPath(account))
    await expect(machineLinks(page)).toHaveText(['www1'])
    await page.getByRole('link', { name: 'www1' }).click()
    await expect(page.getByRole('button', { name: LABELS.sendKeys })).toBeVisible()

    const requests = await bigv.requests()
    expect(requests[0]).toMatchObject({ method: 'GET', path: `/accounts/${account.account}`, status: 200 })
    expect(requests.length).toBeGreaterThan(3)
    const authorization = basic(account.username, account.password)
    for (const { headers } of requests) expect(headers).toMatchObject({ authorization })
    for (const { headers } of requests) expect(headers).not.toHaveProperty('x-yubikey-otp')
    for (const { headers } of requests) expect(headers).not.toHaveProperty('cookie')
  },
)

test('sends a non-ASCII password as UTF-8 @long', async ({ page, request, account, bigv }) => {
  const changed = await request.put(`/api/users/${account.username}`, {
    data: { password: 'pâß: wörd ☃ 密码' },
    headers: { authorization: basic(account.username, account.password) },
  })
  expect(changed.ok()).toBe(true)
  await bigv.clearRequests()
  await openBySigningIn(page, { ...account, password: 'pâß: wörd ☃ 密码' })
  await expect(machineLinks(page)).toHaveText(['www1'])
  for (const { headers } of await bigv.requests()) {
    expect(headers['authorization']).toBe(basic(account.username, 'pâß: wörd ☃ 密码'))
  }
})

test('marks its fields for password managers', async ({ page }) => {
  await page.goto('/sign-in')
  await expect(page.getByLabel('Username')).toHaveAttribute('autocomplete', 'username')
  await expect(passwordField(page)).toHaveAttribute('autocomplete', 'current-password')
  await check(page, 'the sign-in page')
  await expect(passwordField(page)).toHaveAttribute('type', 'password')
  await expect(page.getByLabel('Yubikey OTP')).toHaveAttribute('autocomplete', 'one-time-code')
  await passwordField(page).fill('hush')
  await page.getByRole('button', { name: 'Show password' }).click()
  await expect(passwordField(page)).toHaveAttribute('type', 'text')
  await page.getByRole('button', { name: 'Hide password' }).click()
  await expect(passwordField(page)).toHaveValue('hush')
})

test.describe('for a user with a Yubikey', () => {
  test.use({ wanted: { otpRequired: true, machines: [{ name: 'www1', power_on: true }] } })

  test('signs in with Enter in the OTP field, and sends the OTP with every request', async ({
    page,
    account,
    bigv,
  }) => {
    await page.goto('/sign-in')
    await page.getByLabel('Account').fill(account.account)
    await page.getByLabel('Username').fill(account.username)
    await passwordField(page).fill(account.password)
    await expect(page.getByRole('textbox').last()).toHaveAccessibleName(/^Yubikey OTP/)
    await page.getByLabel('Yubikey OTP').pressSequentially(account.otp ?? '')
    await page.keyboard.press('Enter')
    await expect(machineLinks(page)).toHaveText(['www1'])
    await page.getByRole('button', { name: 'Actions for www1' }).click()
    await page.getByRole('menuitem', { name: LABELS.reset }).click()
    await dialogNamed(page).getByRole('button', { name: LABELS.reset }).click()
    await expect(toast(page, 'www1 was reset')).toBeVisible()

    const requests = await bigv.requests()
    expect(requests.map(({ method }) => method)).toContain('POST')
    for (const { headers } of requests) expect(headers['x-yubikey-otp']).toBe(account.otp)
  })

  test('asks for a missing OTP, and says that an OTP may have expired', async ({ page, account, bigv }) => {
    await page.goto('/sign-in')
    await fillSignIn(page, { ...account, otp: null })
    const problem = page.getByRole('alert')
    await expect(problem).toContainText('If your account needs a one-time password, enter it, too.')
    await expect(problem).toContainText('BigV said: A valid Yubikey OTP is required')

    // The input is still there: only the OTP is added.
    await page.getByLabel('Yubikey OTP').fill(account.otp ?? '')
    await signInButton(page).click()
    await expect(machineLinks(page)).toHaveText(['www1'])

    await page.getByRole('button', { name: 'Sign out' }).click()
    await bigv.expireOtp()
    await fillSignIn(page, account)
    await expect(problem).toContainText('The one-time password may have expired: enter a new one.')
    await expect(page.getByLabel('Yubikey OTP')).toBeFocused()
    await expect(problem).not.toContainText('If your account needs')
  })
})

test('names the possible causes of a 401, quotes BigV, and keeps the input', async ({ page, account }) => {
  await page.goto('/sign-in')
  await fillSignIn(page, { ...account, password: 'wrong' })
  const problem = page.getByRole('alert')
  await expect(problem).toContainText('Wrong username, password or one-time password')
  await expect(problem).toContainText('If your account needs a one-time password, enter it, too.')
  await expect(problem).toContainText('This BigV server may only accept session tokens: see Options.')
  await expect(problem).toContainText('BigV said: Authentication failed')
  await expect(passwordField(page)).toHaveValue('wrong')
  await expect(passwordField(page)).toBeFocused()
  await expect(page.getByLabel('Username')).toHaveValue(account.username)
  await expect(page).toHaveURL('/sign-in')
  await page.getByText('Details').click()
  await check(page, 'a wrong password')

  await page.getByLabel('Yubikey OTP').fill('cccccccccccccccccccccccccccccccc')
  await signInButton(page).click()
  await expect(problem).toContainText('The one-time password may have expired: enter a new one.')
  await expect(problem).not.toContainText('If your account needs')

  await passwordField(page).fill(account.password)
  await passwordField(page).press('Enter')
  await expect(machineLinks(page)).toHaveText(['www1'])
})

test('offers the user’s own account instead of an unknown one, and signs in to it @long', async ({
  page,
  account,
  bigv,
}) => {
  const offered = page.getByRole('button', { name: `Sign in to ${account.account}` })
  await page.goto('/sign-in')
  await fillSignIn(page, { ...account, account: 'no such account' })
  const problem = page.getByRole('alert')
  await expect(problem).toContainText('Account “no such account” not found, or you don’t have access')
  await expect(problem).toContainText('Your username and password are correct.')
  await expect(offered).toBeVisible()
  await check(page, 'an unknown account')
  await expect(page.getByLabel('Account')).toBeFocused()
  await openSignInOptions(page)
  await page.getByRole('radio', { name: 'Session token' }).check()
  await fillSignIn(page, { ...account, account: 'acme' })
  await expect(problem).toContainText('Account “acme” not found, or you don’t have access')
  await offered.click()
  await expect(page).toHaveURL(listPath(account))
  // The session token is reused.
  expect((await bigv.requests()).filter(({ path }) => path === '/session')).toHaveLength(1)
})

test('refuses, without asking BigV, an account name that isn’t valid in a URL @long', async ({
  page,
  account,
  bigv,
}) => {
  await page.goto('/sign-in')
  await fillSignIn(page, { ...account, account: '..' })
  await expect(page.getByRole('alert')).toContainText('“..” can’t be part of a BigV URL')
  await expect(page.getByLabel('Account')).toBeFocused()
  expect(await bigv.requests()).toEqual([])
})

test('doesn’t blame the credentials if BigV can’t be reached', async ({ page, account }) => {
  const app = await startApp({ bigvUrl: 'http://127.0.0.1:1' })
  try {
    await page.goto(`${app.url}/sign-in`)
    await fillSignIn(page, account)
    const problem = page.getByRole('alert')
    await expect(problem).toContainText('No answer from BigV')
    await expect(problem).toContainText('refused the connection')
    await problem.getByText('Details').click()
    await expect(problem).toContainText(`GET /accounts/${account.account} → 502 after`)
  } finally {
    await app.close()
  }
})

test('says that BigV failed, or that it answered with a web page @long', async ({ page, account, bigv }) => {
  await page.goto('/sign-in')
  await bigv.failNext(account, 'GET', { kind: 'status', status: 500 })
  await fillSignIn(page, account)
  await expect(page.getByRole('alert')).toContainText('Sign-in failed')
  await expect(page.getByRole('alert')).toContainText('BigV failed (500)')
  await bigv.failNext(account, 'GET', { kind: 'html' })
  await signInButton(page).click()
  await expect(page.getByRole('alert')).toContainText('a web page')
  expect(await bigv.requests()).toHaveLength(2)
})

test.describe('once the user has signed in', () => {
  test.use({ wanted: { groups: ['staging'], machines: [{ name: 'www1' }] } })

  test('opens the requested page with its query', async ({ page, account }) => {
    const target = `${listPath(account, 'staging')}?q=web%2B1&sort=-cores`
    await page.goto(target)
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(target)}`)
    await fillSignIn(page, account)
    await expect(page).toHaveURL(target)
    await expect(searchBox(page)).toHaveValue('web+1')
  })

  test('opens no page of another origin @long', async ({ page, account, baseURL }) => {
    const elsewhere = [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/%09/evil.example',
      'javascript:alert(1)',
    ]
    const navigatedAway: string[] = []
    page.on('framenavigated', (frame) => {
      if (!frame.url().startsWith(`${baseURL}/`)) navigatedAway.push(frame.url())
    })
    await page.goto(`/sign-in?next=${encodeURIComponent('//evil.example/')}`)
    await openSignInOptions(page)
    await stayBox(page).check()
    await fillSignIn(page, account)
    await expect(page).toHaveURL(listPath(account))
    for (const next of elsewhere) {
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
      await expect(page).toHaveURL((url) => url.origin === baseURL && url.pathname !== '/sign-in')
      await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
    }
    expect(navigatedAway).toEqual([])
  })

  test('opens the group that they opened last, or else the group default @long', async ({
    page,
    account,
  }) => {
    await page.goto('/sign-in')
    await fillSignIn(page, account)
    await expect(page).toHaveURL(listPath(account))
    await page.getByRole('link', { name: 'staging' }).click()
    await expect(page).toHaveURL(listPath(account, 'staging'))
    await expectPage(page, 'staging')
    await page.goto('/')
    await fillSignIn(page, account)
    await expect(page).toHaveURL(listPath(account, 'staging'))
    await page.getByRole('link', { name: 'BigV' }).click()
    await expect(page).toHaveURL(listPath(account, 'staging'))
  })

  test.describe('if there is no group default', () => {
    test.use({ wanted: { groups: ['team10', 'team2'], machines: [] } })

    test('opens the first group @long', async ({ page, account, request }) => {
      const headers = { authorization: basic(account.username, account.password) }
      for (const [name, landsOn] of [
        ['default', 'team2'],
        ['team2', 'team10'],
      ] as const) {
        const response = await request.delete(`/api/accounts/${account.account}/groups/${name}`, { headers })
        expect(response.ok()).toBe(true)
        await page.goto('/')
        await fillSignIn(page, account)
        await expect(page).toHaveURL(listPath(account, landsOn))
      }
    })
  })
})
