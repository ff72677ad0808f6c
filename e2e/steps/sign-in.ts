import type { Locator, Page } from '@playwright/test'
import type { NewAccount } from '../../simulator/control/client.ts'
import { listPath, type Account } from '../account.ts'
import { expect } from '../bigv.ts'

/** A one-time password that no account was given, and BigV takes. */
export const ANOTHER_OTP = 'cbdefghijklnrtuvcbdefghijklnrtuvcbdefghijkln'

/** The Authorization header of these credentials. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`
}

/** The field of the sign-in page, and of what asks over a page. */
export function passwordField(scope: Page | Locator): Locator {
  return scope.getByLabel('Password', { exact: true })
}

export function signInButton(scope: Page | Locator): Locator {
  return scope.getByRole('button', { name: 'Sign in', exact: true })
}

/** Fills in the sign-in page as this account's user and presses the button. */
export async function fillSignIn(page: Page, account: NewAccount): Promise<void> {
  await page.getByLabel('Account').fill(account.account)
  await page.getByLabel('Username').fill(account.username)
  await passwordField(page).fill(account.password)
  if (account.otp !== null) await page.getByLabel('Yubikey OTP').fill(account.otp)
  await signInButton(page).click()
}

/** Goes to a page of the dashboard, by way of signing in. */
export async function openBySigningIn(
  page: Page,
  account: NewAccount,
  path = listPath(account),
): Promise<void> {
  await page.goto(path)
  await fillSignIn(page, account)
  await expect(page).toHaveURL(path)
}

/** Has the page's next load find its user remembered in this tab. Returns what ends that: later loads find what the dashboard stored. */
export async function rememberIn(page: Page, account: NewAccount): Promise<() => Promise<void>> {
  const { account: name, username, password, otp } = account
  const credentials = JSON.stringify({ account: name, username, password, otp: otp ?? '' })
  const script = await page.addInitScript(
    (stored) => sessionStorage.setItem('bigv.session', stored),
    credentials,
  )
  return () => script.dispose()
}

/** Goes to a page of the dashboard as one who is signed in already and remembered in this tab: the shortest way. */
export async function open(page: Page, account: NewAccount, path = listPath(account)): Promise<void> {
  const forget = await rememberIn(page, account)
  await page.goto(path)
  await forget()
  await expect(page).toHaveURL(path)
}

/** Opens a machine by its name, at one of its tabs ("settings"), and waits until the page has been fetched. */
export async function openMachine(
  page: Page,
  account: Account,
  name: string,
  { tab }: { tab?: string } = {},
): Promise<void> {
  const path = `${listPath(account, account.machine(name).group)}/${name}`
  await open(page, account, tab === undefined ? path : `${path}?tab=${tab}`)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Updated/ })).toBeVisible()
}

/** What asks over the page when BigV no longer takes the credentials. */
export function signInAgainDialog(page: Page): Locator {
  return page.getByRole('alertdialog', { name: 'Sign in again' })
}

/** Fills that in, and presses its button. */
export async function fillSignInAgain(
  page: Page,
  { username, password, otp }: { username?: string; password: string; otp?: string | null },
): Promise<void> {
  const dialog = signInAgainDialog(page)
  if (username !== undefined) await dialog.getByLabel('Username').fill(username)
  await passwordField(dialog).fill(password)
  if (typeof otp === 'string') await dialog.getByLabel('Yubikey OTP').fill(otp)
  await signInButton(dialog).click()
}

/** Answers it with what BigV takes. */
export async function signInAgain(
  page: Page,
  credentials: { username?: string; password: string; otp?: string | null },
): Promise<void> {
  await fillSignInAgain(page, credentials)
  await expect(signInAgainDialog(page)).toBeHidden()
}
