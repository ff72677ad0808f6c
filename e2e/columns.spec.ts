import { check, DIALOG } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { chooseInView, machineLinks, row } from './steps/list.ts'
import { expectPageWidth } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

test.use({
  wanted: {
    machines: [
      { name: 'web2', cores: 4, power_on: true, discs: [{ size: 25_600 }, { label: 'data', size: 51_200 }] },
      { name: 'web1', cores: 2 },
    ],
  },
})

const headers = (page: Page) => page.locator('[data-column]')
const width = async (page: Page, column: string) =>
  Math.round((await headers(page).filter({ hasText: column }).boundingBox())?.width ?? 0)
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Columns' })

const DEFAULT_COLUMNS = ['Name', 'State', 'Addresses', 'Cores', 'Memory', 'Profile', 'Head']

test('chooses, moves and resizes columns, and saves that in the browser @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(headers(page)).toHaveText(DEFAULT_COLUMNS)
  const web2 = await bigv.machine(account.machine('web2').id)

  await test.step('shows the chosen columns and sorts by them', async () => {
    await chooseInView(page, 'Columns…')
    for (const column of ['Discs', 'ID', 'Hostname', 'Automatic restart', 'Zone', 'Last image']) {
      await dialog(page).getByRole('checkbox', { name: column }).check()
    }
    for (const column of ['Memory', 'Profile', 'Head']) {
      await dialog(page).getByRole('checkbox', { name: column }).uncheck()
    }
    await expect(dialog(page).getByRole('checkbox', { name: 'Name', exact: true })).toBeDisabled()
    await expect(dialog(page).getByText('Group')).toBeHidden()
    await check(page, 'the Columns dialog', DIALOG)
    await dialog(page).getByRole('button', { name: 'Done' }).click()
    await expect(headers(page)).toHaveText([
      'Name',
      'State',
      'Addresses',
      'Cores',
      'Discs',
      'ID',
      'Hostname',
      'Automatic restart',
      'Zone',
      'Last image',
    ])
    const cells = row(page, 'web2').getByRole('cell')
    await expect(cells.nth(4)).toHaveText('75 GiB')
    await expect(cells.nth(5)).toHaveText(String(web2.id))
    await expect(cells.nth(6)).toHaveText(web2.hostname)
    await page.getByRole('columnheader', { name: 'Discs' }).getByRole('button').click()
    await expect(machineLinks(page)).toHaveText(['web1', 'web2'])
    await expect(page).toHaveURL(/sort=discs$/)
  })

  await test.step('moves columns by keyboard in the dialog and by dragging a header', async () => {
    await chooseInView(page, 'Columns…')
    const up = dialog(page).getByRole('button', { name: 'Move ID up' })
    await up.focus()
    for (let times = 0; times < 5; times++) {
      await page.keyboard.press('Enter')
    }
    await expect(page.locator('[aria-live]').filter({ hasText: 'ID moved up.' })).toHaveCount(1)
    await expect(dialog(page).getByRole('button', { name: 'Move State up' })).toHaveAccessibleDescription(
      'This column can’t move further up.',
    )
    await page.keyboard.press('Escape')
    expect(await headers(page).allTextContents()).toEqual([
      'Name',
      'State',
      'Addresses',
      'ID',
      'Cores',
      'Discs',
      'Hostname',
      'Automatic restart',
      'Zone',
      'Last image',
    ])
    const placeOf = async (name: string) => {
      const { x, y } = (await page.getByRole('columnheader', { name }).boundingBox()) ?? { x: 0, y: 0 }
      return [x + 20, y + 10] as const
    }
    await page.mouse.move(...(await placeOf('Hostname')))
    await page.mouse.down()
    await page.mouse.move(...(await placeOf('State')), { steps: 4 })
    await page.mouse.up()
    await expect
      .poll(() => headers(page).allTextContents())
      .toEqual([
        'Name',
        'Hostname',
        'State',
        'Addresses',
        'ID',
        'Cores',
        'Discs',
        'Automatic restart',
        'Zone',
        'Last image',
      ])
    // The drag didn't count as a click.
    await expect(page).toHaveURL(/sort=discs$/)
  })

  await test.step('resizes columns by dragging, by number, and back to automatic', async () => {
    const before = await width(page, 'ID')
    await page.locator('[data-resize=id]').hover()
    await page.mouse.down()
    const handle = await page.locator('[data-resize=id]').boundingBox()
    await page.mouse.move((handle?.x ?? 0) + 6 + 80, handle?.y ?? 0, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => width(page, 'ID')).toBe(before + 80)
    await chooseInView(page, 'Columns…')
    const field = dialog(page).getByLabel('Width of Addresses')
    await field.fill('222')
    await field.press('Enter')
    await expect.poll(() => width(page, 'Addresses')).toBe(222)
    await field.fill('wide')
    await field.blur()
    await expect(field).toHaveValue('222')
    await page.keyboard.press('Escape')
    await expect(dialog(page)).toBeHidden()
    const heightOf = async () => (await row(page, 'web2').boundingBox())?.height ?? 0
    const normal = await heightOf()
    await page.getByRole('button', { name: 'View', exact: true }).click()
    await page.getByRole('menuitemradio', { name: 'Compact rows' }).click()
    await expect.poll(heightOf).toBeLessThan(normal)
    await page.locator('[data-resize=id]').dblclick()
    await expect.poll(() => width(page, 'ID')).toBeLessThanOrEqual(before)
  })

  await test.step('scrolls a wide table sideways inside the page, except for names and menus', async () => {
    await page.setViewportSize({ width: 800, height: 600 })
    await expectPageWidth(page, 800)
    const name = await row(page, 'web2').getByRole('link').boundingBox()
    await row(page, 'web2').hover()
    await page.mouse.wheel(2_000, 0)
    await expect(page.getByRole('columnheader', { name: 'Last image' })).toBeInViewport({ ratio: 1 })
    expect(await row(page, 'web2').getByRole('link').boundingBox()).toEqual(name)
    await expect(page.getByRole('button', { name: 'Actions for web2' })).toBeInViewport({ ratio: 1 })
    await page.setViewportSize({ width: 1280, height: 720 })
  })

  await test.step('keeps the columns until Reset to default', async () => {
    await page.goto('/sign-in')
    await open(page, account)
    await expect
      .poll(() => headers(page).allTextContents())
      .toEqual([
        'Name',
        'Hostname',
        'State',
        'Addresses',
        'ID',
        'Cores',
        'Discs',
        'Automatic restart',
        'Zone',
        'Last image',
      ])
    expect(await width(page, 'Addresses')).toBe(222)
    expect((await row(page, 'web2').boundingBox())?.height).toBe(30)
    await chooseInView(page, 'Columns…')
    await dialog(page).getByRole('button', { name: 'Reset to default' }).click()
    await dialog(page).getByRole('button', { name: 'Done' }).click()
    await expect(headers(page)).toHaveText(DEFAULT_COLUMNS)
    expect((await row(page, 'web2').boundingBox())?.height).toBe(38)
  })
})

for (const width of [1024, 1280]) {
  test(`shows every default column in full at ${width} px @long`, async ({ page, account }) => {
    await page.setViewportSize({ width, height: 700 })
    await open(page, account)
    await expect(row(page, 'web2')).toBeVisible()
    const cutOff = await page.evaluate(() => {
      const right = document.querySelector('[role=table]')?.getBoundingClientRect().right ?? 0
      return [...document.querySelectorAll('[role=columnheader], [role=rowheader], [role=cell]')]
        .filter((cell) => cell.getBoundingClientRect().right > right + 0.5)
        .map((cell) => cell.textContent)
    })
    expect(cutOff).toEqual([])
    const labels = await headers(page)
      .locator('button span')
      .evaluateAll((all) =>
        all.filter((label) => label.scrollWidth > label.clientWidth).map((l) => l.textContent),
      )
    expect(labels).toEqual([])
  })
}

test('makes rows and cards as high as their text at every root font size', async ({ page, account }) => {
  await open(page, account)
  const height = async () => (await row(page, 'web2').boundingBox())?.height
  const cutTexts = () =>
    row(page, 'web2').evaluate((element) =>
      [...element.querySelectorAll('[role], [role] *')]
        .filter(({ className }) => !className.includes('sr-only'))
        .filter((each) => each.getBoundingClientRect().bottom > element.getBoundingClientRect().bottom + 0.5)
        .map(({ textContent }) => textContent),
    )
  await expect(row(page, 'web2')).toContainText(/2001:/)
  expect(await height()).toBe(38)
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '32px'
  })
  await expect.poll(height).toBe(76)
  expect(await cutTexts()).toEqual([])
  await page.setViewportSize({ width: 700, height: 900 })
  await expect.poll(height).toBe(104)
  await expect(row(page, 'web2')).toContainText('4 × 1 GiB')
  expect(await cutTexts()).toEqual([])
})
