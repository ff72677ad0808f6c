import type { Locator, Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { expect } from '../bigv.ts'
import { inMenu, LABELS } from '../labels.ts'

/** A button by its full name. */
export function button(scope: Page | Locator, name: string | RegExp): Locator {
  return scope.getByRole('button', { name, exact: true })
}

/** A confirm or form dialog by its title; without a title, the open one. */
export function dialogNamed(page: Page, title?: string | RegExp): Locator {
  const named = title === undefined ? {} : { name: title }
  return page.getByRole('alertdialog', named).or(page.getByRole('dialog', named))
}

/** A toast that contains the text. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.getByRole('region', { name: 'Notifications' }).getByRole('listitem').filter({ hasText: text })
}

/** A named region of a page: a settings form, the plan. */
export function card(page: Page, name: string): Locator {
  return page.getByRole('region', { name })
}

/** The Save button of a settings form, by the form's name: "Name and group". It is called "Save and start" if saving starts the machine. */
export function saveButton(page: Page, form: string): Locator {
  return card(page, form).getByRole('button', { name: /^Save/ })
}

/** The heading of the page. */
export function pageHeading(page: Page): Locator {
  return page.getByRole('heading', { level: 1 })
}

/** Waits until the page of this name is shown: a machine's, a group's, "Activity". */
export async function expectPage(page: Page, name: string): Promise<void> {
  await expect(pageHeading(page)).toHaveText(name)
}

const BUTTONS: Readonly<Record<string, string>> = {
  [LABELS.purge]: `${LABELS.purge}…`,
  [LABELS.reimage]: `${LABELS.reimage}…`,
}
const MENUS: Readonly<Record<string, string>> = {
  [LABELS.stop]: 'Shut down menu',
  [LABELS.reboot]: 'Restart menu',
  [LABELS.reset]: 'Restart menu',
}

/** An action on a machine's page: its button, or its item in a menu, which this opens. */
export async function actionOf(page: Page, label: string): Promise<Locator> {
  const main = page.getByRole('main')
  const more = button(main, 'More actions')
  await expect(more).toBeVisible()
  const direct = button(main, BUTTONS[label] ?? label).first()
  if (await direct.isVisible()) return direct
  const menu = button(main, MENUS[label] ?? 'More actions')
  await ((await menu.isVisible()) ? menu : more).click()
  return page.getByRole('menuitem', { name: inMenu(label), exact: true })
}

/** Presses an action of a machine's page, in one click or two. */
export async function press(page: Page, label: string): Promise<void> {
  await (await actionOf(page, label)).click()
}

/** Expects that an action of a machine's page isn't possible, for this reason. */
export async function expectReason(page: Page, label: string, reason: string | RegExp): Promise<void> {
  const action = await actionOf(page, label)
  await expect(action).toBeDisabled()
  await expect(action).toHaveAccessibleDescription(reason)
  await closeMenu(page)
}

/** Expects that an action of a machine's page is possible. */
export async function expectPossible(page: Page, label: string): Promise<void> {
  await expect(await actionOf(page, label)).toBeEnabled()
  await closeMenu(page)
}

async function closeMenu(page: Page): Promise<void> {
  if (await page.getByRole('menu').isVisible()) await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
}

/** Opens the tab with all keys from a machine's page. */
export async function openKeys(page: Page): Promise<void> {
  await button(page, LABELS.sendKeys).click()
  await page.getByRole('menuitem', { name: 'More keys' }).click()
}

/** Expects the value of an attribute of a machine in its details, by BigV's name. */
export async function expectDetail(page: Page, attribute: string, value: string): Promise<void> {
  await expect(card(page, 'Details')).toContainText(new RegExp(String.raw`${value}\s*${attribute}`))
}

/** The entries of a machine's recent activity, newest first. */
export function recentActivity(page: Page): Locator {
  return card(page, 'Recent activity').getByRole('listitem')
}

/** Presses an action of a machine's page and confirms its dialog. */
export async function confirm(page: Page, label: string, name: string): Promise<void> {
  await press(page, label)
  const dialog = dialogNamed(page, `${label} ${name}?`)
  await button(dialog, label).click()
  await expect(dialog).toBeHidden()
}

/** A group's link in the sidebar. */
export function groupLink(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Groups' }).getByRole('link', { name, exact: true })
}

/** A sidebar link to a page outside any account: Activity, SSH keys, Platform. */
export function sessionLink(page: Page, name: string): Locator {
  return page
    .getByRole('navigation', { name: /^(You|Reference)$/ })
    .getByRole('link', { name: new RegExp(`^${name}`) })
}

/** Opens the user's settings menu. */
export async function openSettingsMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Settings of/ }).click()
}

export async function turnOnReadOnlyMode(page: Page): Promise<void> {
  await openSettingsMenu(page)
  await page.getByRole('menuitemcheckbox', { name: 'Read-only mode' }).click()
  await page.keyboard.press('Escape')
}

/** The button that shows when the page was last refreshed and how often it is. */
export function updated(page: Page): Locator {
  return page.getByRole('button', { name: /^Updated/ })
}

/** Refreshes the page from its menu and waits for BigV's answer. */
export async function refresh(page: Page): Promise<void> {
  await updated(page).click()
  const answer = page.waitForResponse(
    (response) => response.request().method() === 'GET' && response.url().includes('/api/accounts/'),
  )
  await page.getByRole('menuitem', { name: 'Refresh now' }).click()
  await (await answer).finished()
}

/** Chooses how often the page refreshes: "2 s". */
export async function chooseInterval(page: Page, interval: string): Promise<void> {
  await updated(page).click()
  await page.getByRole('menuitemradio', { name: interval, exact: true }).click()
}

/** Pauses all refreshes, so that a test can count requests however long it takes. */
export async function pauseRefreshes(page: Page): Promise<void> {
  await updated(page).click()
  await page.getByRole('menuitemcheckbox', { name: 'Paused' }).click()
  await page.keyboard.press('Escape')
  await expect(updated(page)).toHaveText(/paused$/)
}

/** The notice that the last refresh failed. */
export function notRefreshed(page: Page): Locator {
  return page.getByRole('status').filter({ hasText: 'Not refreshed' })
}

/** Opens the activity drawer. */
export async function openActivity(page: Page): Promise<Locator> {
  await page.getByRole('banner').getByRole('button', { name: 'Activity' }).click()
  return page.getByRole('dialog', { name: 'Activity' })
}

/** The entries of the activity, newest first, in the drawer or on its page: actions, and changes made elsewhere. */
export function operations(scope: Page | Locator): Locator {
  return scope.getByRole('list', { name: 'Activity', exact: true }).locator('> li')
}

/** Opens an entry of the activity page, and returns it. */
export async function openEntry(page: Page, name: string | RegExp): Promise<Locator> {
  const entry = operations(page)
    .filter({ has: page.getByRole('heading', { name }) })
    .first()
  await entry.getByRole('button', { name: /^Details of/ }).click()
  return entry
}

/** Presses a copy button and returns its text. Without a clipboard, the page shows the text in a field. */
export async function textToCopy(page: Page, scope: Locator, label: string): Promise<string> {
  await page.evaluate(() =>
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }),
  )
  await scope.getByRole('button', { name: label }).click()
  const field = page.getByRole('textbox', { name: label })
  const text = await field.inputValue()
  await field.press('Escape')
  await expect(field).toBeHidden()
  await page.evaluate(() => Reflect.deleteProperty(navigator, 'clipboard'))
  return text
}

/** Presses a button that saves a file, and returns the file's name and text. */
export async function download(
  page: Page,
  press: () => Promise<void>,
): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

/** Expects that nothing runs off the page's right edge. Waits, as the page may still show the layout of the width before. */
export async function expectPageWidth(page: Page, width: number): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
}

/** Hides the page as if another tab were in front, or shows it again. */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true })
    Object.defineProperty(document, 'visibilityState', {
      value: isHidden ? 'hidden' : 'visible',
      configurable: true,
    })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  }, hidden)
}
