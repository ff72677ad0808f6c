import type { Locator } from '@playwright/test'
import { pagesOf } from '../src/testing/pages.ts'
import { listPath } from './account.ts'
import { expect, type Page, test } from './fixtures.ts'
import { inMenu, LABELS } from './labels.ts'
import { row } from './steps/list.ts'
import { button, dialogNamed, pageHeading, toast } from './steps/page.ts'
import { open, openMachine } from './steps/sign-in.ts'
import { createPath, expectStep } from './wizard.ts'

test.use({
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'www2', power_on: true, autoreboot_on: true },
    ],
  },
})

/** Presses Tab (or Shift+Tab) until this control has the focus; fails after 60 presses. */
async function tabTo(
  page: Page,
  role: Parameters<Page['getByRole']>[0],
  name: string,
  key = 'Tab',
): Promise<void> {
  await tabUntilFocused(page, page.getByRole(role, { name, exact: true }), key)
}

async function tabUntilFocused(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  await expect(target).toBeFocused()
}

async function press(page: Page, name: string, key = 'Tab'): Promise<void> {
  await tabTo(page, 'button', name, key)
  await page.keyboard.press('Enter')
}

/** Presses an action's button and confirms its dialog, in which Cancel has the focus first. */
async function pressAndConfirm(page: Page, label: string): Promise<void> {
  await press(page, label)
  await confirmFocused(page, label)
}

/** Chooses Force stop from the menu beside Shut down, and confirms it. */
async function forceStop(page: Page): Promise<void> {
  await press(page, 'Shut down menu')
  await expect(page.getByRole('menuitem', { name: LABELS.shutDown })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await confirmFocused(page, LABELS.stop)
}

async function confirmFocused(page: Page, label: string): Promise<void> {
  const dialog = dialogNamed(page, `${label} www1?`)
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await tabTo(page, 'button', label)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
}

test('finds, stops and starts a machine and sends it keys by keyboard alone', async ({
  page,
  account,
  bigv,
}) => {
  await page.goto('/sign-in')
  for (const [label, text] of [
    ['Account', account.account],
    ['Username', account.username],
    ['Password', account.password],
  ] as const) {
    await tabUntilFocused(page, page.getByLabel(label, { exact: true }))
    await page.keyboard.type(text)
  }
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(listPath(account))

  await test.step('finds the machine and opens it', async () => {
    await expect(row(page, 'www1')).toBeVisible()
    await page.keyboard.press('/')
    await page.keyboard.type('www1')
    await expect(row(page, 'www2')).toBeHidden()
    await tabTo(page, 'link', 'www1')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'www1' })).toBeFocused()
  })

  await test.step('turns it off and on', async () => {
    await pressAndConfirm(page, LABELS.shutDown)
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
    await press(page, LABELS.start, 'Shift+Tab')
    await expect(page.getByText('Running', { exact: true })).toBeVisible()
    await forceStop(page)
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible()
    await press(page, LABELS.start, 'Shift+Tab')
    await expect(page.getByText('Running', { exact: true })).toBeVisible()
  })

  await test.step('sends it keys', async () => {
    await press(page, LABELS.sendKeys)
    await expect(page.getByRole('menuitem').first()).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await press(page, 'Ctrl+Alt+Del')
    await press(page, 'Send')
    await expect(page.getByText(/^Ctrl\+Alt\+Del sent at/)).toBeVisible()
  })

  const { path } = account.machine('www1')
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path },
    { method: 'POST', path: `${path}/signal` },
    { method: 'PUT', path },
    { method: 'PUT', path },
    { method: 'PUT', path },
    { method: 'POST', path: `${path}/signal` },
  ])
})

test('creates a machine from another machine’s page by keyboard alone @long', async ({
  page,
  account,
  bigv,
}) => {
  await openMachine(page, account, 'www1')
  const inBreadcrumb = page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').last()
  await tabUntilFocused(page, inBreadcrumb, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'default' })).toBeFocused()
  await tabTo(page, 'link', 'Create machine')
  await page.keyboard.press('Enter')
  await expectStep(page, 'Machine')
  await tabTo(page, 'textbox', 'Name')
  await page.keyboard.type('www3')
  await press(page, 'Next: image')
  await expectStep(page, 'Image')
  const distribution = page.getByRole('radio', { name: 'wheezy' })
  await page.keyboard.press('Tab')
  for (let presses = 0; presses < 20 && !(await distribution.isChecked()); presses++) {
    // Tab moves between radio groups, the arrows within one.
    const inGroup = await page.evaluate(() => document.activeElement?.getAttribute('name') === 'distribution')
    await page.keyboard.press(inGroup ? 'ArrowDown' : 'Tab')
  }
  await expect(distribution).toBeChecked()
  await press(page, 'Next: discs')
  await expectStep(page, 'Discs')
  await press(page, 'Next: review')
  await expectStep(page, 'Review')
  await press(page, 'Create machine')
  await expect(page.getByRole('heading', { level: 1, name: 'www3' })).toBeFocused()
  await expect(page.getByText('Running', { exact: true })).toBeVisible({ timeout: 15_000 })
  await expect(bigv).toHaveReceived([{ method: 'POST', path: createPath(account) }])
})

test('force stops machines, undoes one change and signs out by keyboard alone @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(row(page, 'www2')).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+ArrowDown')
  await press(page, 'More')
  await expect(page.getByRole('menuitem', { name: 'Force stop…' })).toBeFocused()
  await page.keyboard.press('Enter')
  const dialog = dialogNamed(page, 'Force stop 2 machines?')
  await tabUntilFocused(page, dialog.getByRole('textbox').last())
  await page.keyboard.type('2')
  await press(page, 'Force stop 2 machines')
  await expect(toast(page, 'Force stop 2 machines: done')).toBeVisible()
  // The dialog's button has disappeared, but the focus isn't lost.
  await expect(page.locator('body')).not.toBeFocused()

  await test.step('puts automatic restart back from a toast, after a refused shutdown', async () => {
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await press(page, LABELS.start)
    await expect(page.getByText('Running', { exact: true })).toBeVisible()
    await bigv.failNext(account, 'POST', { kind: 'status', status: 400, body: 'the tail is full' })
    await pressAndConfirm(page, LABELS.shutDown)
    await expect(toast(page, 'Shut down www1: refused')).toBeVisible()
    await page.keyboard.press('F6')
    const putBack = button(toast(page, 'Shut down www1'), 'Turn automatic restart back on')
    await expect(putBack).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(toast(page, 'Automatic restart turned on for www1')).toBeVisible()
  })

  await press(page, 'Sign out', 'Shift+Tab')
  await expect(page).toHaveURL(/\/sign-in/)
  await expect(bigv).toHaveReceivedCount(6)
})

test('moves through a row’s menu with arrows, and returns to its button with Escape @long', async ({
  page,
  account,
}) => {
  await open(page, account)
  await tabTo(page, 'button', 'Actions for www1')
  await page.keyboard.press('Enter')
  const item = (label: string) => page.getByRole('menuitem', { name: inMenu(label), exact: true })
  await expect(item(LABELS.shutDown)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(item(LABELS.restart)).toBeFocused()
  await page.keyboard.press('End')
  await expect(page.getByRole('menuitem').last()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(item(LABELS.shutDown)).toBeFocused()
  await expect(page.getByRole('menuitem').and(page.locator(':focus'))).toBeVisible()
  await page.keyboard.type('force')
  await expect(item(LABELS.stop)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Actions for www1' })).toBeFocused()
  // A dialog opened from the menu returns the focus there, too.
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').and(page.locator(':focus'))).toBeVisible()
  await page.keyboard.type('force')
  await page.keyboard.press('Enter')
  await expect(dialogNamed(page, `${LABELS.stop} www1?`)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Actions for www1' })).toBeFocused()
})

test('closes a dialog with one Escape, also while it shows a tooltip @long', async ({ page, account }) => {
  await open(page, account)
  await expect(row(page, 'www1')).toBeVisible()
  const close = button(dialogNamed(page), 'Close')
  // A tooltip is hidden from screen readers, and the button has no text of its own.
  const tooltip = page.getByText('Close', { exact: true })

  await test.step('the drawer gives its only button the focus, without a tooltip', async () => {
    await press(page, 'Activity', 'Shift+Tab')
    await expect(close).toBeFocused()
    await expect(tooltip).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(dialogNamed(page, 'Activity')).toBeHidden()
  })

  await test.step('the pointer rests on the button', async () => {
    await page.keyboard.press('?')
    await close.hover()
    await expect(tooltip).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialogNamed(page, 'Keyboard shortcuts')).toBeHidden()
    await expect(tooltip).toBeHidden()
  })
})

test('begins each page with a link that skips the header and the groups @long', async ({ page, account }) => {
  await open(page, account)
  await expect(row(page, 'www1')).toBeVisible()
  await tabTo(page, 'link', 'Skip to content', 'Shift+Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'View', exact: true })).toBeFocused()
  await expect(page).toHaveURL((url) => url.pathname === listPath(account))
})

test('shows text for copying by hand where the browser can’t copy @long', async ({ page, account }) => {
  // On pages outside https and localhost, browsers have no clipboard.
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await openMachine(page, account, 'www1')
  const copy = page.getByRole('button', { name: 'Copy hostname' })
  await copy.click()
  const field = page.getByRole('textbox', { name: 'Copy hostname' })
  await expect(field).toBeFocused()
  expect(await page.evaluate(() => String(getSelection()))).toBe(
    `www1.default.${account.account}.uk0.bigv.io`,
  )
  await page.keyboard.press('Escape')
  await expect(field).toBeHidden()
  await expect(copy).toBeFocused()
})

for (const { width, height } of [
  { width: 1280, height: 600 },
  { width: 360, height: 600 },
]) {
  test(`never hides the focus under the header or a bar, on any page, at ${width} px @long`, async ({
    page,
    account,
  }) => {
    test.slow()
    await page.setViewportSize({ width, height })
    await open(page, account)
    const { 'sign in': _, ...pages } = pagesOf(account.account, account.machine('www1'))
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(path)
      await expect(pageHeading(page)).toBeVisible()
      const hidden = new Set<string>()
      for (let presses = 0; presses < 50; presses++) {
        await page.keyboard.press('Tab')
        const found = await page.evaluate(hiddenFocus)
        if (found === 'body') break
        if (found !== null) hidden.add(found)
      }
      expect([...hidden], name).toEqual([])
    }
  })
}

/** The focused control and what covers its middle; null if nothing does, and "body" if nothing has the focus. */
async function hiddenFocus(): Promise<string | null> {
  // The ends of a dialog pass the focus on to its other end in the next frame.
  if (document.activeElement?.hasAttribute('data-base-ui-focus-guard'))
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  const control = document.activeElement
  if (control === null || control === document.body) return 'body'
  // The first line of a link that wraps.
  const { left, top, width, height } = control.getClientRects()[0] ?? control.getBoundingClientRect()
  const there = document.elementFromPoint(left + width / 2, top + height / 2)
  if (control.contains(there) || there?.closest('label')?.contains(control)) return null
  const names = [control, there].map((each) => `${each?.tagName} ${each?.ariaLabel ?? each?.className ?? ''}`)
  return names.join(' under ')
}
