import { listPath } from './account.ts'
import { check, MENU } from './axe.ts'
import { DEMO } from './demo-user.ts'
import { type Account, expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { storedText } from './secrets.ts'
import { machineLinks, searchBox } from './steps/list.ts'
import { groupLink, openSettingsMenu, setHidden, toast } from './steps/page.ts'
import {
  basic,
  fillSignIn,
  openBySigningIn,
  openSignInOptions,
  passwordField,
  signInAgain,
  signInAgainDialog,
  signInButton,
  stayBox,
} from './steps/sign-in.ts'

test('keeps the user signed in over a reload, on request and in this tab only', async ({
  page,
  account,
  context,
}) => {
  await page.goto('/sign-in')
  await openSignInOptions(page)
  await expect(stayBox(page)).not.toBeChecked()
  await stayBox(page).check()
  await fillSignIn(page, account)
  await expect(machineLinks(page)).toHaveText(['www1'])
  await page.reload()
  await expect(machineLinks(page)).toHaveText(['www1'])
  const stored = await storedText(page)
  expect(stored.session).toContain(account.password)
  expect(stored.elsewhere).not.toContain(account.password)
  expect(await context.cookies()).toEqual([])

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/sign-in')
  expect((await storedText(page)).session).not.toContain(account.password)
  await page.reload()
  await page.goto(listPath(account))
  await expect(signInButton(page)).toBeVisible()
})

test('stores no secret by default, and asks the user to sign in after a reload', async ({
  page,
  account,
}) => {
  await openBySigningIn(page, account)
  await expect(machineLinks(page)).toHaveText(['www1'])
  const stored = await storedText(page)
  const secrets = [account.password, basic(account.username, account.password).slice('Basic '.length)]
  for (const secret of secrets) expect(stored.session + stored.elsewhere).not.toContain(secret)
  for (const secret of secrets) expect(page.url()).not.toContain(secret)
  await page.reload()
  await expect(signInButton(page)).toBeVisible()
  await expect(passwordField(page)).toHaveValue('')
})

test('forgets everything but the user’s saved searches when they sign out', async ({
  page,
  account,
  bigv,
}) => {
  const viewer = await bigv.createUser({ account: account.account, level: 'vm_console' })
  const saved = page.getByRole('menuitem', { name: 'Big ones' })
  const openSaved = async () => {
    await page.getByRole('button', { name: 'Saved searches' }).click()
    await expect(page.getByRole('menuitem', { name: 'Save as…' })).toBeVisible()
  }
  await openBySigningIn(page, account)
  await searchBox(page).fill('cores>=1')
  await openSaved()
  await page.getByRole('menuitem', { name: 'Save as…' }).click()
  await page.getByRole('dialog', { name: 'Saved searches' }).getByLabel('Name').fill('Big ones')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'www1' }).click()
  await expect(page.getByRole('button', { name: LABELS.sendKeys })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/sign-in')

  const searches = JSON.stringify([{ name: 'Big ones', query: 'cores>=1' }])
  const stored = await storedText(page)
  const remaining = (stored.session + stored.elsewhere).replace(
    `"bigv.searches ${account.username}":${JSON.stringify(searches)}`,
    '',
  )
  for (const word of [account.account, account.username, account.password, 'www1', 'default', 'Big ones']) {
    expect(remaining).not.toContain(word)
  }
  await bigv.clearRequests()
  await page.goBack()
  await expect(signInButton(page)).toBeVisible()
  await expect(page.getByText('www1')).toBeHidden()
  await expect(page.getByLabel('Username')).toHaveValue('')
  expect(await bigv.requests()).toEqual([])

  await fillSignIn(page, { ...account, ...viewer })
  await groupLink(page, 'default').click()
  await openSaved()
  await expect(saved).toBeHidden()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await fillSignIn(page, account)
  await openSaved()
  await expect(saved).toBeVisible()
})

test('shows the next user nothing of the previous one, even while BigV is slow', async ({
  page,
  account,
  bigv,
}) => {
  const viewer = await bigv.createUser({ account: account.account, level: 'vm_console' })
  await openBySigningIn(page, account)
  await expect(machineLinks(page)).toHaveText(['www1'])
  await page.getByRole('button', { name: 'Sign out' }).click()
  await bigv.addFault({ kind: 'hang', match: { path: 'virtual_machines' }, times: null })
  await fillSignIn(page, { ...account, ...viewer })
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Loading' })).toBeVisible()
  await expect(page.getByText('www1')).toBeHidden()
})

/** Signs in with a session token that stays in this tab. */
async function signInByToken(page: Page, account: Account): Promise<void> {
  await page.goto(listPath(account))
  await openSignInOptions(page)
  await page.getByRole('radio', { name: 'Session token' }).check()
  await fillSignIn(page, account)
  await expect(machineLinks(page)).toHaveText(['www1'])
}

test(
  'replaces the password by a session token that stays in this tab',
  { tag: '@web-server' },
  async ({ page, account, bigv }) => {
    await page.goto(listPath(account))
    await openSignInOptions(page)
    await page.getByRole('radio', { name: 'Session token' }).check()
    await expect(page.getByText('Sends your password once to the auth service at 127.0.0.1:')).toBeVisible()
    await expect(stayBox(page)).toBeChecked()
    await fillSignIn(page, { ...account, password: 'wrong' })
    await expect(page.getByRole('alert')).toContainText('The auth service refused your sign-in')
    await expect(page.getByRole('alert')).toContainText('The auth service said: Bad login credentials')
    await bigv.clearRequests()
    await fillSignIn(page, account)
    await expect(machineLinks(page)).toHaveText(['www1'])
    await page.reload()
    await expect(machineLinks(page)).toHaveText(['www1'])
    await expect.poll(async () => (await bigv.requests()).length).toBeGreaterThan(4)
    const [session, ...others] = await bigv.requests()
    expect(session).toMatchObject({
      method: 'POST',
      path: '/session',
      body: { username: account.username, password: account.password },
    })
    expect(session?.headers).not.toHaveProperty('authorization')
    for (const { path, headers } of others) {
      expect(headers['authorization']).toMatch(/^Bearer \S+$/)
      expect(path).not.toMatch(/^\/session\/./)
    }
    const stored = await storedText(page)
    expect(stored.session + stored.elsewhere).not.toContain(account.password)
    // Stored in this tab, and nowhere else.
    const token = others[0]?.headers['authorization']?.slice('Bearer '.length) ?? 'none'
    expect(stored.session).toContain(token)
    expect(stored.elsewhere + (await page.content())).not.toContain(token)

    await page.getByRole('button', { name: 'Sign out' }).click()
    await openSignInOptions(page)
    await expect(page.getByRole('radio', { name: 'Session token' })).toBeChecked()
  },
)

test('keeps a session token alive in a hidden tab, and asks to sign in once it has expired', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await signInByToken(page, account)
  await expect.poll(async () => (await bigv.requests()).length).toBeGreaterThan(3)
  const { headers } = (await bigv.requests()).at(-1) ?? {}

  // A hidden tab doesn't refresh the list, but still keeps the token alive with a request.
  await setHidden(page, true)
  await bigv.clearRequests()
  await page.clock.fastForward('03:00')
  await expect
    .poll(async () => (await bigv.requests()).map(({ path }) => path))
    .toEqual([`/accounts/${account.account}`])
  expect((await bigv.requests())[0]?.headers['authorization']).toBe(headers?.['authorization'])

  // After sleep the input stays, and the page continues where it was.
  await setHidden(page, false)
  await searchBox(page).fill('www')
  await bigv.expireSessions()
  await page.clock.fastForward('06:00')
  await expect(signInAgainDialog(page)).toContainText('Your session has expired')
  await signInAgain(page, { password: account.password })
  await expect(page.getByText(/^as of/)).toBeHidden()
  await expect(searchBox(page)).toHaveValue('www')
})

test('warns before an idle session ends, then hides the page until the user signs in', async ({
  page,
  account,
}) => {
  await page.clock.install()
  await signInByToken(page, account)
  await searchBox(page).fill('www')
  await page.clock.fastForward('59:30')
  await expect(toast(page, 'Are you still there?')).toBeVisible()
  await page.clock.fastForward('00:45')
  const again = signInAgainDialog(page)
  await expect(again).toContainText('You were signed out after 60 minutes without activity')
  await expect(page.getByRole('table')).toBeHidden()
  await expect(again.getByRole('button', { name: 'Not now' })).toBeHidden()
  expect((await storedText(page)).session).not.toContain('"token"')
  await signInAgain(page, { password: account.password })
  await expect(machineLinks(page)).toHaveText(['www1'])
  await expect(searchBox(page)).toHaveValue('www')
})

test('switches between the user’s accounts in the header @long', async ({ page, bigv }) => {
  await openBySigningIn(page, DEMO)
  await page.getByRole('button', { name: 'Account acme' }).click()
  const menu = page.getByRole('menu', { name: 'Accounts' })
  await expect(menu.getByRole('menuitem')).toHaveText([/^acme/, /^birch/])
  await check(page, 'the accounts menu', MENU)
  await menu.getByRole('menuitem', { name: 'birch' }).click()
  await expect(page).toHaveURL('/accounts/birch/groups/default/virtual_machines')
  await expect(page.getByRole('button', { name: 'Account birch' })).toBeVisible()
  await expect(page.getByText('2 machines')).toBeVisible()
  const list = (await bigv.requests({ account: 'birch' })).filter(({ path }) =>
    path.endsWith('/virtual_machines'),
  )
  expect(list).toHaveLength(1)
})

test('shares the session with a new tab and after a reload, and signs all tabs out together', async ({
  page,
  context,
  account,
}) => {
  await openBySigningIn(page, account)
  const second = await context.newPage()
  await second.goto(listPath(account))
  await expect(machineLinks(second)).toHaveText(['www1'])
  // Nothing is stored, so after a reload the session comes from the other tab.
  await page.reload()
  await expect(machineLinks(page)).toHaveText(['www1'])
  expect((await storedText(second)).session).not.toContain(account.password)
  await second.getByRole('button', { name: 'Sign out' }).click()
  await expect(signInButton(second)).toBeVisible()
  await expect(signInButton(page)).toBeVisible()
  await expect(page.getByText('www1')).toBeHidden()
  for (const tab of [page, second]) {
    const stored = await storedText(tab)
    expect(stored.session + stored.elsewhere).not.toMatch(
      new RegExp(`${account.account}|${account.username}|${account.password}|www1`),
    )
  }
})

test('does not share the session with a new tab when that is turned off', async ({
  page,
  context,
  account,
}) => {
  await openBySigningIn(page, account)
  await openSettingsMenu(page)
  await check(page, 'the settings menu', MENU)
  await page.getByRole('menuitemcheckbox', { name: 'Share the session with new tabs' }).click()
  const second = await context.newPage()
  await second.goto(listPath(account))
  await expect(signInButton(second)).toBeVisible()
})
