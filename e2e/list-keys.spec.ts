import { check, DIALOG } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { box, machineLinks, row, searchBox, selected } from './steps/list.ts'
import { expectPage } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

const NAMES = ['db1', 'db2', 'web1', 'web2', 'web3', 'web10']

test.use({ wanted: { machines: NAMES.map((name) => ({ name, power_on: true })) } })

const link = (page: Page, name: string) => row(page, name).getByRole('link')

test('moves through the list, selects and opens machines by keyboard @long', async ({ page, account }) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveText(NAMES)
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())

  await test.step('starts at the first row on screen with j, and moves with j, k and arrows', async () => {
    await press('ArrowDown')
    await expect(link(page, 'db1')).not.toBeFocused()
    await press('j')
    await expect(link(page, 'db1')).toBeFocused()
    await press('j', 'ArrowDown')
    await expect(link(page, 'web1')).toBeFocused()
    await press('k', 'ArrowUp', 'k')
    await expect(link(page, 'db1')).toBeFocused()
    await press('End')
    await expect(link(page, 'web10')).toBeFocused()
    await press('j')
    await expect(link(page, 'web10')).toBeFocused()
    await press('Home')
    await expect(link(page, 'db1')).toBeFocused()
  })

  await test.step('selects with x, and a range with Shift', async () => {
    await press('j', 'x')
    await expect(selected(page)).toHaveText(['db2'])
    await press('Shift+ArrowDown', 'Shift+J')
    await expect(selected(page)).toHaveText(['db2', 'web1', 'web2'])
    await press('Shift+ArrowUp')
    await expect(selected(page)).toHaveText(['db2', 'web1'])
    await press('j', 'j', 'Shift+X')
    await expect(selected(page)).toHaveText(['db2', 'web1', 'web2', 'web3'])
    await press('x')
    await expect(selected(page)).toHaveText(['db2', 'web1', 'web2'])
  })

  await test.step('stops with Tab at only one row: its checkbox, name, action and menu', async () => {
    await expect(link(page, 'web3')).toBeFocused()
    await press('Tab')
    await expect(page.getByRole('button', { name: `${LABELS.shutDown} web3` })).toBeFocused()
    await press('Tab')
    await expect(page.getByRole('button', { name: 'Actions for web3' })).toBeFocused()
    await press('Shift+Tab', 'Shift+Tab', 'Shift+Tab')
    await expect(box(page, 'web3')).toBeFocused()
    await press('k')
    await expect(box(page, 'web2')).toBeFocused()
    await press('Tab', 'Tab', 'Tab', 'Tab')
    await expect(page.getByRole('button', { name: 'Select all 6' })).toBeFocused()
    await press('Shift+Tab')
    await expect(page.getByRole('button', { name: 'Actions for web2' })).toBeFocused()
    // On a menu's button the arrow opens the menu, which then gets all keys.
    await press('ArrowDown', 'j', 'x')
    await expect(page.getByRole('menu', { name: 'Actions for web2' })).toBeVisible()
    await press('Escape')
    await expect(selected(page)).toHaveText(['db2', 'web1', 'web2'])
  })

  await test.step('ignores keys typed into the search', async () => {
    await press('/')
    await page.keyboard.type('jxk?')
    await expect(searchBox(page)).toHaveValue('jxk?')
    await press('Escape')
    await expect(machineLinks(page)).toHaveCount(6)
    await searchBox(page).blur()
  })

  await test.step('shows the shortcuts with ?', async () => {
    await press('?')
    const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(keys).toContainText('select or deselect')
    await check(page, 'the keyboard shortcuts', DIALOG)
    await press('j', 'x', 'Escape')
    await expect(keys).toBeHidden()
    await expect(selected(page)).toHaveText(['db2', 'web1', 'web2'])
  })

  await test.step('opens a machine with Enter', async () => {
    await box(page, 'web3').focus()
    await press('j', 'Enter')
    await expectPage(page, 'web10')
  })
})

test('keeps the focus on a row during refreshes, and moves it on if the machine is deleted', async ({
  page,
  account,
  bigv,
}) => {
  await page.clock.install()
  await open(page, account)
  await expect(machineLinks(page)).toHaveText(NAMES)
  await link(page, 'web2').focus()
  await bigv.setMachine(account.machine('db1').id, { power_on: false })
  await bigv.setMachine(account.machine('web2').id, { power_on: false })
  await page.clock.fastForward(10_000)
  await expect(row(page, 'db1')).toContainText('Stopped')
  await expect(link(page, 'web2')).toBeFocused()

  const id = account.machine('web2').id
  await bigv.setMachine(id, { name: 'aaa' })
  await page.clock.fastForward(10_000)
  await expect(machineLinks(page).first()).toHaveText('aaa')
  await expect(link(page, 'aaa')).toBeFocused()

  // When the row disappears, the row in its place gets the focus.
  await bigv.setMachine(id, { deleted: true })
  await page.clock.fastForward(10_000)
  await expect(row(page, 'aaa')).toBeHidden()
  await expect(link(page, 'db1')).toBeFocused()
})
