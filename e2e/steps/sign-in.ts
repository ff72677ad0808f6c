import type { Locator, Page } from '@playwright/test'
import type { NewAccount } from '../../simulator/control/client.ts'
import { listPath, type Account } from '../account.ts'
import { expect } from '../bigv.ts'
import { expectPage, updated } from './page.ts'

/** A valid one-time password that no account has used. */
export const ANOTHER_OTP = 'cbdefghijklnrtuvcbdefghijklnrtuvcbdefghijkln'

/** The Authorization header for these credentials. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`
}

/** The password field of the sign-in page or of the "Sign in again" dialog. */
export function passwordField(scope: Page | Locator): Locator {
  return scope.getByLabel('Password', { exact: true })
}

export function signInButton(scope: Page | Locator): Locator {
  return scope.getByRole('button', { name: 'Sign in', exact: true })
}

/** Opens the choice between a password and a token, and whether to stay signed in. */
export async function openSignInOptions(page: Page): Promise<void> {
  await page.getByText('Options', { exact: true }).click()
}

/** The box of "Stay signed in on this tab", once the options are open. */
export function stayBox(page: Page): Locator {
  return page.getByLabel('Stay signed in on this tab')
}

/** Fills in the sign-in page as the account's user and presses Sign in. */
export async function fillSignIn(page: Page, account: NewAccount): Promise<void> {
  await page.getByLabel('Account').fill(account.account)
  await page.getByLabel('Username').fill(account.username)
  await passwordField(page).fill(account.password)
  if (account.otp !== null) await page.getByLabel('Yubikey OTP').fill(account.otp)
  await signInButton(page).click()
}

/** Opens a page of the dashboard through the sign-in page. */
export async function openBySigningIn(
  page: Page,
  account: NewAccount,
  path = listPath(account),
): Promise<void> {
  await page.goto(path)
  await fillSignIn(page, account)
  await expect(page).toHaveURL(path)
}

/**
 * Stores the credentials in the tab before the page loads, as “Stay signed in on this tab” does. Returns a function that stops this, so
 * that later loads find only what the dashboard stored itself.
 */
export async function rememberIn(page: Page, account: NewAccount): Promise<() => Promise<void>> {
  const { account: name, username, password, otp } = account
  const credentials = JSON.stringify({ account: name, username, password, otp: otp ?? '' })
  const script = await page.addInitScript((stored) => {
    // In Firefox this also runs on the empty page before the first one, which has no storage.
    if (location.protocol.startsWith('http')) sessionStorage.setItem('bigv.session', stored)
  }, credentials)
  return () => script.dispose()
}

/** Opens a page of the dashboard as a user who is already signed in: the fastest way. */
export async function open(page: Page, account: NewAccount, path = listPath(account)): Promise<void> {
  const forget = await rememberIn(page, account)
  await page.goto(path)
  await forget()
  await expect(page).toHaveURL(path)
}

/** Opens a machine's page, or one of its tabs ("settings"), and waits until the machine is loaded. */
export async function openMachine(
  page: Page,
  account: Account,
  name: string,
  { tab }: { tab?: string } = {},
): Promise<void> {
  const path = `${listPath(account, account.machine(name).group)}/${name}`
  await open(page, account, tab === undefined ? path : `${path}?tab=${tab}`)
  await expectPage(page, name)
  await expect(updated(page)).toBeVisible()
}

/** The dialog over the page when BigV no longer accepts the credentials. */
export function signInAgainDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Sign in again' })
}

interface SignInAgainFields {
  username?: string
  /** Absent if the dialog asks for the one-time password alone. */
  password?: string
  otp?: string | null
}

/** Fills in the “Sign in again” dialog and presses Sign in. */
export async function fillSignInAgain(
  page: Page,
  { username, password, otp }: SignInAgainFields,
): Promise<void> {
  const dialog = signInAgainDialog(page)
  if (username !== undefined) await dialog.getByLabel('Username').fill(username)
  if (password !== undefined) await passwordField(dialog).fill(password)
  if (typeof otp === 'string') await dialog.getByLabel('Yubikey OTP').fill(otp)
  await signInButton(dialog).click()
}

/** Signs in with credentials that BigV accepts, and waits until the dialog closes. */
export async function signInAgain(page: Page, fields: SignInAgainFields): Promise<void> {
  await fillSignInAgain(page, fields)
  await expect(signInAgainDialog(page)).toBeHidden()
}
