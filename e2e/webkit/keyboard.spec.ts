import { Key } from 'selenium-webdriver'
import { listPath } from '../account.ts'
import { expect } from '../bigv.ts'
import { LABELS } from '../labels.ts'
import { createPath } from '../wizard.ts'
import { test } from './fixtures.ts'
import type { Screen, Target } from './screen.ts'

const RUNNING = { power_on: true, autoreboot_on: true }

test.use({
  wanted: {
    machines: [
      { name: 'www1', ...RUNNING },
      { name: 'www2', ...RUNNING },
    ],
  },
})

const BACK = [Key.SHIFT, Key.TAB]

/** Presses Tab, or Shift and Tab, until this control has the focus and shows it; fails after 60 presses. */
async function tabTo(screen: Screen, target: Target, key: string | string[] = Key.TAB): Promise<void> {
  for (let presses = 0; presses < 60 && !(await target.isFocused()); presses++) await screen.press(key)
  expect(await target.isFocused()).toBe(true)
  const outline = 'return getComputedStyle(document.activeElement).outlineStyle'
  expect(await screen.driver.executeScript(outline)).toBe('solid')
}

async function press(screen: Screen, target: Target, key?: string | string[]): Promise<void> {
  await tabTo(screen, target, key)
  await screen.press(Key.ENTER)
}

/** Chooses an entry of the palette. */
async function goTo(screen: Screen, typed: string, entry: RegExp): Promise<void> {
  const palette = screen.role('dialog', 'Go to')
  await screen.press([Key.CONTROL, 'k'])
  await expect.poll(() => palette.role('combobox').isFocused()).toBe(true)
  await screen.type(typed)
  await expect.poll(async () => (await palette.role('option').texts())[0]).toMatch(entry)
  await screen.press(Key.ENTER)
  await palette.isGone()
}

test('does the main jobs by keyboard alone, from signing in to signing out @long', async ({
  screen,
  account,
  bigv,
}) => {
  const main = screen.role('main')
  const button = (name: string) => screen.role('button', name)
  const expectPage = async (name: string) => {
    await expect.poll(() => screen.role('heading', name).isFocused()).toBe(true)
  }

  await test.step('signs in', async () => {
    for (const label of ['Account', 'Username', 'Password'] as const) {
      await tabTo(screen, screen.label(label))
      await screen.type(account[label.toLowerCase() as Lowercase<typeof label>])
    }
    await screen.press(Key.ENTER)
    await screen.expectPath(listPath(account))
  })

  await test.step('finds a machine and opens it', async () => {
    await screen.role('link', 'www2').isShown()
    await screen.press('/')
    await screen.type('www1')
    await screen.role('link', 'www2').isGone()
    await press(screen, screen.role('link', 'www1'))
    await expectPage('www1')
  })

  await test.step('shuts it down, after a confirmation, and starts it', async () => {
    await press(screen, button(LABELS.shutDown))
    const dialog = screen.role('alertdialog', `${LABELS.shutDown} www1?`)
    await expect.poll(() => dialog.role('button', 'Cancel').isFocused()).toBe(true)
    await press(screen, dialog.role('button', LABELS.shutDown))
    await dialog.isGone()
    await main.shows(/^Stopped$/m)
    await press(screen, button(LABELS.start), BACK)
    await main.shows(/^Running$/m)
  })

  await test.step('creates a machine', async () => {
    const expectStep = (step: string) =>
      screen.role('heading', new RegExp(String.raw`^${step} \(step`)).isShown()
    await goTo(screen, 'create', /^Create machine/)
    await expectStep('Machine')
    await tabTo(screen, screen.label(/^Name/))
    await screen.type('www3')
    await press(screen, button('Next: image'))
    await expectStep('Image')
    const wheezy = screen.role('radio', /wheezy/)
    const inGroup = `return document.activeElement.name === 'distribution'`
    for (let presses = 0; presses < 20 && !(await wheezy.isFocused()); presses++) {
      // Tab moves between radio groups, the arrows within one.
      await screen.press((await screen.driver.executeScript(inGroup)) ? Key.ARROW_DOWN : Key.TAB)
    }
    expect(await (await wheezy.one()).isSelected()).toBe(true)
    await press(screen, button('Next: discs'))
    await expectStep('Discs')
    await press(screen, button('Next: review'))
    await expectStep('Review')
    await press(screen, main.role('button', 'Create machine'))
    await expectPage('www3')
    await main.shows(/^Running$/m)
  })

  await test.step('selects machines and stops them', async () => {
    await goTo(screen, 'default', /^default/)
    await expectPage('default')
    await screen.role('link', 'www3').isShown()
    await screen.press('j')
    await expect.poll(() => screen.focused()).toBe('www1')
    await screen.press('x', [Key.SHIFT, Key.ARROW_DOWN])
    await press(screen, screen.role('region', 'Selected machines').role('button', 'More'))
    await expect.poll(() => screen.focused()).not.toBe('More')
    await screen.type('force')
    await expect.poll(() => screen.focused()).toBe('Force stop…')
    await screen.press(Key.ENTER)
    const dialog = screen.role('alertdialog', 'Force stop 2 machines?')
    await tabTo(screen, dialog.label(/^Type 2/))
    await screen.type('2')
    await press(screen, dialog.role('button', 'Force stop 2 machines'))
    await screen
      .role('region', 'Notifications')
      .role('listitem')
      .with('Force stop 2 machines: done')
      .isShown()
  })

  await press(screen, button('Sign out'), BACK)
  await screen.expectPath(/^\/sign-in/)
  await screen.label('Password').isShown()
  const { path } = account.machine('www1')
  const stop = (name: string) => ({
    method: 'PUT',
    path: account.machine(name).path,
    body: { autoreboot_on: false, power_on: false },
  })
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path },
    { method: 'POST', path: `${path}/signal` },
    { method: 'PUT', path },
    { method: 'POST', path: createPath(account) },
    stop('www1'),
    stop('www2'),
  ])
})
