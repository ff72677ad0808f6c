import { Key } from 'selenium-webdriver'
import { listPath } from '../account.ts'
import { expect } from '../bigv.ts'
import { inMenu, LABELS } from '../labels.ts'
import { advanceUntilOff, waitForWrite } from '../steps/received.ts'
import { createPath } from '../wizard.ts'
import { test } from './fixtures.ts'
import type { Screen, Target } from './screen.ts'

// The main jobs in WebKit, the engine of Safari. Their variants are tested in Chromium.

const WWW1 = { name: 'www1', power_on: true, autoreboot_on: true, cores: 1, memory: 1024 }
const TEN = Array.from({ length: 10 }, (_, at) => ({ name: `batch${at + 1}`, cores: 2 }))

test.use({ wanted: { groups: ['staging'], machines: [WWW1, ...TEN, { name: 'db1', cores: 4 }] } })

const names = (screen: Screen) => screen.role('table').role('link').texts()
const row = (screen: Screen, name: string) => screen.role('row').with(new RegExp(String.raw`^\s*${name}\b`))
const dialog = (screen: Screen, title?: string) => screen.role('alertdialog', title)
const toast = (screen: Screen, text: string) =>
  screen.role('region', 'Notifications').role('listitem').with(text)
const state = (screen: Screen, text: string) => screen.role('main').shows(text)
const search = (screen: Screen) => screen.role('combobox', 'Search machines')
const palette = (screen: Screen) => screen.role('dialog', 'Go to')

/** Expects that nothing of the page is wider than the window. */
async function expectWidth(screen: Screen, width: number): Promise<void> {
  await expect
    .poll(() => screen.driver.executeScript('return document.documentElement.scrollWidth'))
    .toBe(width)
}

/** Expects that nothing covers the element at its middle or near its upper and lower edges. */
async function expectClickable(screen: Screen, target: Target): Promise<void> {
  const element = await target.one()
  const hits = () =>
    screen.driver.executeScript(
      `const { left, top, width, height } = arguments[0].getBoundingClientRect()
       return [0.1, 0.5, 0.9].map((part) =>
         arguments[0].contains(document.elementFromPoint(left + width / 2, top + height * part)))`,
      element,
    )
  await expect.poll(hits).toEqual([true, true, true])
}

/** How light a colour of an element is, from 0 to 255. A canvas understands every notation of a colour. */
function lightness(screen: Screen, selector: string, property: string): Promise<number> {
  return screen.driver.executeScript<number>(
    `const context = document.createElement('canvas').getContext('2d')
     context.fillStyle = getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]
     context.fillRect(0, 0, 1, 1)
     return context.getImageData(0, 0, 1, 1).data[1]`,
    selector,
    property,
  )
}

test('signs in, sorts and searches the list, and signs out', async ({ screen, account, bigv }) => {
  await screen.label('Account').fill(account.account)
  await screen.label('Username').fill(account.username)
  await screen.label('Password').fill(account.password)
  await screen.role('button', 'Sign in').click()
  await screen.expectPath(listPath(account))
  const all = ['batch1', 'batch2', 'batch3', 'batch4', 'batch5', 'batch6', 'batch7', 'batch8', 'batch9']
  await expect.poll(() => names(screen)).toEqual([...all, 'batch10', 'db1', 'www1'])

  await test.step('sorts by cores, both ways', async () => {
    await screen
      .role('columnheader')
      .role('button', /^Cores/)
      .click()
    await expect.poll(async () => (await names(screen))[0]).toBe('www1')
    await screen
      .role('columnheader')
      .role('button', /^Cores/)
      .click()
    await expect.poll(async () => (await names(screen))[0]).toBe('db1')
    await screen.expectPath(`${listPath(account)}?sort=-cores`)
  })
  await test.step('searches', async () => {
    await search(screen).fill('is:running')
    await expect.poll(() => names(screen)).toEqual(['www1'])
    await search(screen).fill('batch1')
    await expect.poll(() => names(screen)).toEqual(['batch1', 'batch10'])
  })
  await screen.role('button', 'Sign out').click()
  await screen.expectPath(/^\/sign-in/)
  await screen.label('Password').isShown()
  await expect(bigv).toHaveReceived([])
})

test('starts a machine from the menu of its row, and reports that in a toast', async ({
  screen,
  open,
  account,
  bigv,
}) => {
  await open()
  await screen.role('button', 'Actions for db1').click()
  const menu = screen.role('menu', 'Actions for db1')
  await menu.role('menuitem', LABELS.start).click()
  await toast(screen, 'db1 is running').isShown()
  await row(screen, 'db1').shows('Running')
  const { path } = account.machine('db1')
  await expect(bigv).toHaveReceived([{ method: 'PUT', path, body: { autoreboot_on: true, power_on: true } }])
  await toast(screen, 'db1 is running').role('button', 'Dismiss').click()
  await toast(screen, 'db1 is running').isGone()
})

test.describe('while BigV’s time stands still', () => {
  test.use({ frozen: true })

  test('carries out every power action once the user has confirmed it', async ({
    screen,
    open,
    account,
    bigv,
  }) => {
    await open(`${listPath(account)}/www1`)
    const { path } = account.machine('www1')
    const press = async (label: string, explained: string) => {
      await bigv.clearRequests()
      const menu = {
        [LABELS.stop]: 'Shut down menu',
        [LABELS.reboot]: 'Restart menu',
        [LABELS.reset]: 'Restart menu',
      }[label]
      if (menu !== undefined) await screen.role('button', menu).click()
      await (
        menu === undefined ? screen.role('button', label) : screen.role('menuitem', inMenu(label))
      ).click()
      await dialog(screen, `${label} www1?`).shows(explained)
      await dialog(screen).role('button', label).click()
      await dialog(screen).isGone()
    }
    const signal = (body: object) => ({ method: 'POST', path: `${path}/signal`, body })

    await test.step(LABELS.reset, async () => {
      await press(LABELS.reset, 'Unsaved data is lost')
      await toast(screen, 'www1 was reset').isShown()
      await expect(bigv).toHaveReceived([signal({ signal: 'reset' })])
    })
    await test.step(LABELS.restart, async () => {
      await press(LABELS.restart, 'ACPI power button')
      await advanceUntilOff(bigv, account)
      await screen.role('region', 'Details').shows(/no\s*power_on/)
      await bigv.advance(60_000)
      await toast(screen, 'www1 restarted and is running').isShown()
      await expect(bigv).toHaveReceived([signal({ signal: 'powerdown' })])
    })
    await test.step(LABELS.reboot, async () => {
      await press(LABELS.reboot, 'Unsaved data is lost')
      await waitForWrite(bigv)
      await bigv.advance(60_000)
      await toast(screen, 'www1 rebooted and is running').isShown()
      await expect(bigv).toHaveReceived([
        { method: 'PUT', path, body: { autoreboot_on: true, power_on: false } },
      ])
    })
    await test.step(LABELS.stop, async () => {
      await press(LABELS.stop, 'Unsaved data is lost.')
      await toast(screen, 'www1 is stopped').isShown()
      await expect(bigv).toHaveReceived([
        { method: 'PUT', path, body: { autoreboot_on: false, power_on: false } },
      ])
    })
    await test.step(LABELS.start, async () => {
      await bigv.clearRequests()
      await screen.role('button', LABELS.start).click()
      await state(screen, 'Starting…')
      await waitForWrite(bigv)
      await bigv.advance(60_000)
      await toast(screen, 'www1 is running').isShown()
    })
    await test.step(LABELS.shutDown, async () => {
      await press(LABELS.shutDown, 'ACPI power button')
      await waitForWrite(bigv, '/signal')
      await bigv.advance(60_000)
      await toast(screen, 'www1 has shut down').isShown()
      await expect(bigv).toHaveReceived([
        { method: 'PUT', path, body: { autoreboot_on: false } },
        signal({ signal: 'powerdown' }),
      ])
    })
  })

  test('creates a machine through the wizard, and shows it running', async ({
    screen,
    open,
    account,
    bigv,
  }) => {
    const next = async (step: string) => {
      await screen.role('button', `Next: ${step.toLowerCase()}`).click()
      await screen.role('heading', new RegExp(String.raw`^${step} \(step`)).isShown()
    }
    await open(createPath(account))
    await screen.label(/^Name/).fill('web4')
    await next('Image')
    await screen.role('radio', /wheezy/).click()
    await next('Discs')
    await next('Review')
    await screen.role('main').role('button', 'Create machine').click()
    await screen.role('heading', 'web4').isShown()
    await state(screen, 'Creating…')
    await waitForWrite(bigv)
    await bigv.advance(120_000)
    await state(screen, 'Running')
    await expect(bigv).toHaveReceived([{ method: 'POST', path: createPath(account) }])
  })
})

test('shows the palette’s results, and opens and starts machines from it', async ({
  screen,
  open,
  account,
  bigv,
}) => {
  await open()
  await screen.role('link', 'db1').isShown()
  await screen.press([Key.CONTROL, 'k'])
  await expect.poll(async () => (await palette(screen).role('option').all()).length).toBeGreaterThan(5)
  const { height } = await palette(screen).role('listbox', 'Results').box()
  expect(height).toBeGreaterThan(200)
  await screen.type('db1')
  await palette(screen).role('option').with(/^db1/).isShown()
  await screen.press(Key.ENTER)
  await palette(screen).isGone()
  await screen.role('heading', 'db1').isShown()

  await screen.press([Key.CONTROL, 'k'])
  await screen.type('start db1')
  await palette(screen)
    .role('option')
    .with(/^Start db1/)
    .click()
  await toast(screen, 'db1 is running').isShown()
  await expect(bigv).toHaveReceived([{ method: 'PUT', path: account.machine('db1').path }])
})

test('opens every tab of a machine, sends keys and saves settings', async ({
  screen,
  open,
  account,
  bigv,
}) => {
  await open(`${listPath(account)}/www1`)
  const tab = (name: string) => screen.role('navigation', 'Machine').role('link', name)
  const { path } = account.machine('www1')
  for (const [name, text] of [
    ['Discs', 'Add disc'],
    ['Network', 'Swap addresses'],
    ['Keys', 'Ctrl+Alt+Del'],
    ['Access', 'rivileges'],
    ['Overview', 'Hardware profile'],
  ] as const) {
    await test.step(name, async () => {
      await expectClickable(screen, tab(name))
      await tab(name).click()
      await state(screen, text)
    })
  }
  await test.step('sends keys', async () => {
    await tab('Keys').click()
    await screen.role('toolbar', 'Combinations').role('button', 'Enter').click()
    await state(screen, 'Enter sent at')
  })
  await test.step('renames the machine', async () => {
    await tab('Settings').click()
    const form = screen.role('region', 'Name and group')
    await form.label('Name').fill('www2')
    await form.role('button', /^Save/).click()
    await screen.role('heading', 'www2').isShown()
  })
  await expect(bigv).toHaveReceived([
    { method: 'POST', path: `${path}/signal`, body: { signal: 'sendkey', data: 'ret' } },
    { method: 'PUT', path, body: { name: 'www2' } },
  ])
})

test('starts ten machines at once, selected by keyboard', async ({ screen, open, bigv }) => {
  await open()
  await screen.role('link', 'batch1').isShown()
  await test.step('moves and selects with j and x, and shows the shortcuts with ?', async () => {
    await screen.press('j')
    await expect.poll(() => screen.focused()).toBe('batch1')
    await screen.press('x')
    await screen.role('region', 'Selected machines').isShown()
    for (let more = 1; more < 10; more++) await screen.press([Key.SHIFT, Key.ARROW_DOWN])
    await expect.poll(() => screen.focused()).toBe('batch10')
    await screen.press('?')
    await screen.role('dialog', 'Keyboard shortcuts').isShown()
    // The dialog takes keys once its Close button has the focus.
    await expect.poll(() => screen.focused()).toBe('Close')
    await screen.press(Key.ESCAPE)
    await screen.role('dialog', 'Keyboard shortcuts').isGone()
  })
  await screen.role('region', 'Selected machines').role('button', 'Start 10').click()
  await dialog(screen, 'Start 10 machines?').role('button', 'Start 10 machines').click()
  await screen.role('button', /^Bulk runs:/).shows('10/10')
  await screen.role('button', /^Bulk runs:/).click()
  await screen.role('dialog', 'Bulk runs').shows('10 of 10: 10 done')
  await expect(bigv).toHaveReceivedCount(10)
})

test('shows the list, a machine, dialogs, the palette and the wizard in dark mode at 390 px', async ({
  screen,
  open,
  account,
}) => {
  await open()
  await screen.role('button', /^Settings of/).click()
  await screen.driver.executeScript(
    `window.transitions = 0; addEventListener('transitionrun', () => { window.transitions += 1 })`,
  )
  await screen.role('menuitemradio', 'Dark').click()
  await expect.poll(() => lightness(screen, 'body', 'backgroundColor')).toBeLessThan(64)
  await expect.poll(() => lightness(screen, 'h1', 'color')).toBeGreaterThan(192)
  // With many transitions, WebKit shows old colours for seconds.
  expect(await screen.driver.executeScript('return window.transitions')).toBe(0)
  await screen.press(Key.ESCAPE)

  await screen.resize(390)
  await screen.role('link', 'www1').isShown()
  await expectWidth(screen, 390)
  await expectClickable(screen, screen.role('button', /^Sort/))
  await screen.press([Key.CONTROL, 'k'])
  const { height } = await palette(screen).role('listbox', 'Results').box()
  expect(height).toBeGreaterThan(200)
  await screen.press(Key.ESCAPE)
  await screen.role('link', 'www1').click()

  await screen.role('button', 'Power').isShown()
  await expectWidth(screen, 390)
  await expectClickable(screen, screen.role('navigation', 'Machine').role('link', 'Discs'))
  await screen.role('button', 'Power').click()
  await screen.role('menuitem', inMenu(LABELS.stop)).click()
  await expectClickable(screen, dialog(screen).role('button', LABELS.stop))
  await screen.press(Key.ESCAPE)
  await screen.role('button', 'Groups and pages').click()
  await screen.role('menuitem', 'staging').click()
  await screen.role('heading', 'staging').isShown()
  await open(createPath(account))
  await screen.label(/^Name/).isShown()
  await expectWidth(screen, 390)
})

test('shows every column of a wide table at 800 px, by its scrollbar and by the focus @long', async ({
  screen,
  open,
}) => {
  await open()
  await screen.resize(800)
  await screen.role('link', 'www1').isShown()
  const header = (name: string) => screen.role('columnheader').role('button', name)
  await test.step('scrolls by the scrollbar at the foot of the window', async () => {
    const { y, height } = await screen.role('table').box()
    const foot = Math.min(y + height, await screen.driver.executeScript<number>('return innerHeight')) - 5
    const { x } = await header('Name').box()
    const mouse = screen.driver.actions().move({ x: Math.round(x), y: Math.round(foot) })
    await mouse
      .press()
      .move({ x: 780, y: Math.round(foot) })
      .release()
      .perform()
    await expectClickable(screen, header('Head'))
  })
  await test.step('scrolls each header that takes the focus clear of the cells that stay', async () => {
    await screen.driver.executeScript('arguments[0].focus()', await header('Name').one())
    const columns = ['State', 'Address', 'Cores', 'Memory', 'Profile', 'Head']
    await screen.press(...columns.map(() => Key.TAB))
    await expect.poll(() => screen.focused()).toBe('Head')
    await expectClickable(screen, header('Head'))
    await screen.press(...columns.slice(1).map(() => [Key.SHIFT, Key.TAB]))
    await expect.poll(() => screen.focused()).toBe('State')
    await expectClickable(screen, header('State'))
  })
})
