import type { Locator, Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { expect } from '../bigv.ts'

/** A button by its whole name. */
export function button(scope: Page | Locator, name: string | RegExp): Locator {
  return scope.getByRole('button', { name, exact: true })
}

/** A dialog that asks something, by its title; without one, whichever is open. */
export function dialogNamed(page: Page, title?: string | RegExp): Locator {
  return page.getByRole('alertdialog', title === undefined ? {} : { name: title })
}

/** A message in the corner. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.getByRole('region', { name: 'Notifications' }).getByRole('listitem').filter({ hasText: text })
}

/** A part of a page that has a name: a form of the settings, the plan. */
export function card(page: Page, name: string): Locator {
  return page.getByRole('region', { name })
}

/** Presses the button of an action and confirms it in its dialog. */
export async function confirm(page: Page, label: string, name: string): Promise<void> {
  await button(page, label).click()
  const dialog = dialogNamed(page, `${label} ${name}?`)
  await button(dialog, label).click()
  await expect(dialog).toBeHidden()
}

/** The link to a group beside the page. */
export function groupLink(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Groups' }).getByRole('link', { name, exact: true })
}

/** The link to a page that belongs to no account: Activity, SSH keys, Platform. */
export function sessionLink(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Session' }).getByRole('link', { name: new RegExp(`^${name}`) })
}

/** Opens the menu of the user's settings. */
export async function openSettingsMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Settings of/ }).click()
}

export async function turnOnReadOnlyMode(page: Page): Promise<void> {
  await openSettingsMenu(page)
  await page.getByRole('menuitemcheckbox', { name: 'Read-only mode' }).click()
  await page.keyboard.press('Escape')
}

/** The button that says when the page was fetched last, and how often that is done. */
export function updated(page: Page): Locator {
  return page.getByRole('button', { name: /^Updated/ })
}

/** Has the page fetch what it shows, and waits until that has come. */
export async function refresh(page: Page): Promise<void> {
  await updated(page).click()
  const answer = page.waitForResponse(
    (response) => response.request().method() === 'GET' && response.url().includes('/api/accounts/'),
  )
  await page.getByRole('menuitem', { name: 'Refresh now' }).click()
  await (await answer).finished()
}

/** Chooses how often the page is fetched, from its menu: "2 s". */
export async function chooseInterval(page: Page, interval: string): Promise<void> {
  await updated(page).click()
  await page.getByRole('menuitemradio', { name: interval, exact: true }).click()
}

/** What says that the last refresh failed. */
export function notRefreshed(page: Page): Locator {
  return page.getByRole('status').filter({ hasText: 'Not refreshed' })
}

/** Opens the drawer of the activity, over any page. */
export async function openActivity(page: Page): Promise<Locator> {
  await page.getByRole('banner').getByRole('button', { name: 'Activity' }).click()
  return page.getByRole('dialog', { name: 'Activity' })
}

/** The operations of the activity, and what was changed elsewhere, newest first: on its page or in the drawer. */
export function operations(scope: Page | Locator): Locator {
  return scope.getByRole('list', { name: 'Activity', exact: true }).locator('> li')
}

/** Presses something that saves a file, and returns its name and text. */
export async function download(
  page: Page,
  press: () => Promise<void>,
): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

/** How wide the page is, with what stands out of the window. */
export async function pageWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth)
}

/** What the browser tells a page whose tab is put behind another, or in front again. */
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
