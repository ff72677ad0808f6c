import { pagesOf } from '../src/testing/pages.ts'
import type { Account, Bigv, Page } from './fixtures.ts'
import { expect, test } from './fixtures.ts'
import { inMenu, LABELS } from './labels.ts'
import { row } from './steps/list.ts'
import { button, confirm, dialogNamed, press, toast } from './steps/page.ts'
import { covered } from './steps/covered.ts'
import { advanceUntilOff, waitForWrite } from './steps/received.ts'
import { recordSaid, said } from './steps/said.ts'
import { open, openMachine } from './steps/sign-in.ts'

test.use({
  wanted: {
    groups: ['staging'],
    machines: ['www1', 'www2', 'www3'].map((name) => ({ name, power_on: true, autoreboot_on: true })),
  },
})

const PHONE = { width: 360, height: 780 }
const WIDE = { width: 1280, height: 800 }

/** Has BigV refuse an action on each machine. Such toasts stay, and are as long as toasts get. */
async function showToasts(page: Page, account: Account, bigv: Bigv): Promise<void> {
  await open(page, account)
  for (const name of ['www1', 'www2', 'www3']) {
    await bigv.failNext(account, 'POST', { kind: 'status', status: 400, body: 'the tail is full' })
    await row(page, name)
      .getByRole('button', { name: `Actions for ${name}` })
      .click()
    await page.getByRole('menuitem', { name: inMenu(LABELS.reset), exact: true }).click()
    await button(dialogNamed(page), LABELS.reset).click()
    await expect(toast(page, `Reset ${name}: refused`)).toBeVisible()
  }
}

/** Goes to a page as its link does, so that the toasts stay, and waits for another heading, unless only a tab or a step changes. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => {
    const before = location.pathname
    history.pushState(null, '', path)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
    const heading = document.querySelector<HTMLElement>('main h1')
    if (heading && location.pathname !== before) heading.dataset['before'] = heading.textContent
  }, path)
  await page.waitForFunction(() => {
    const heading = document.querySelector<HTMLElement>('main h1')
    return heading && heading.dataset['before'] !== heading.textContent
  })
}

test('keeps toasts clear of all controls, on a wide screen and on a phone', async ({
  page,
  account,
  bigv,
}) => {
  await showToasts(page, account, bigv)
  await follow(page, account.machine('www1').path)
  for (const size of [WIDE, PHONE]) {
    await page.setViewportSize(size)
    await expect(toast(page, 'Reset www3: refused')).toBeVisible()
    expect(await covered(page), `${size.width} px`).toEqual([])
  }
  await test.step('a phone shows the newest toast, and all of them on demand', async () => {
    await expect(toast(page, 'Reset www1: refused')).toBeHidden()
    await button(page, 'Show 3 notifications').click()
    await expect(dialogNamed(page, 'Notifications').getByRole('listitem')).toHaveText([
      /www3/,
      /www2/,
      /www1/,
    ])
    await page.keyboard.press('Escape')
    await button(toast(page, 'Reset www3'), 'Dismiss').click()
    await expect(toast(page, 'Reset www2: refused')).toBeVisible()
  })
})

test('keeps toasts clear of all controls on every page @long', async ({ page, account, bigv }) => {
  await showToasts(page, account, bigv)
  const { 'sign in': _, 'machine by name': __, ...pages } = pagesOf(account.account, account.machine('www1'))
  for (const size of [WIDE, PHONE]) {
    await page.setViewportSize(size)
    for (const [name, path] of Object.entries(pages)) {
      await follow(page, path)
      // This one is a dialog, which covers its page.
      const isDialog = name === 'machines timeline'
      await expect(dialogNamed(page)).toBeVisible({ visible: isDialog })
      const within = isDialog ? '[role=dialog]' : 'body'
      expect(await covered(page, within), `${name}, ${size.width} px`).toEqual([])
    }
  }
})

test.describe('while a dialog is open', () => {
  test.use({ frozen: true })

  test('announces what happens at once, and shows its toast afterwards', async ({ page, account, bigv }) => {
    await recordSaid(page)
    await openMachine(page, account, 'www1')
    await confirm(page, LABELS.shutDown, 'www1')
    await waitForWrite(bigv, '/signal')
    await press(page, LABELS.stop)
    await advanceUntilOff(bigv, account)
    await expect.poll(() => said(page)).toContain('www1 has shut down.')
    await expect(toast(page, 'www1 has shut down')).toBeHidden()
    expect(await covered(page, '[role=alertdialog]')).toEqual([])
    await page.keyboard.press('Escape')
    await expect(toast(page, 'www1 has shut down')).toBeVisible()
  })
})
