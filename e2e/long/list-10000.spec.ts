import { controlClient } from '../../simulator/control/client.ts'
import { startSimulator } from '../../simulator/server.ts'
import { startApp } from '../../tools/app-server.ts'
import { countRenders, renderedParts, renderedRows } from '../renders.ts'
import { listPath } from '../account.ts'
import { DEMO } from '../demo-user.ts'
import { expect, type Page, test } from '../fixtures.ts'
import { selectionBar } from '../steps/list.ts'
import { basic, open } from '../steps/sign-in.ts'

const MACHINES = 10_000
const PATH = listPath(DEMO)

const table = (page: Page) => page.getByRole('table')
const rows = (page: Page) => table(page).locator('[role=row][data-id]')
const bar = (page: Page) => selectionBar(page)

interface Machine {
  name: string
  memory: number
}

const mib = (text = '') => Number.parseFloat(text) * (text.endsWith('GiB') ? 1024 : 1)
const naturally = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' })

/** The machines from BigV, without deleted ones. */
async function machinesOf(bigvUrl: string): Promise<Machine[]> {
  const headers = { authorization: basic(DEMO.username, DEMO.password) }
  return (await (await fetch(`${bigvUrl}${PATH}`, { headers })).json()) as Machine[]
}

/** Expects each row on screen to show the machine of `sorted` at its index, with its memory. `among` is an index on screen. */
async function expectRowsOnScreen(page: Page, sorted: readonly Machine[], among: number): Promise<void> {
  await expect(async () => {
    const shown = await rows(page).evaluateAll((all) =>
      all.map((row) => ({
        place: Number(row.getAttribute('aria-rowindex')) - 2,
        cells: [...row.querySelectorAll('[role=cell], [role=rowheader]')].map((cell) => cell.textContent),
      })),
    )
    expect(shown.length).toBeGreaterThan(15)
    expect(shown.map(({ place }) => place)).toContain(among)
    expect(shown.map(({ cells }) => [cells[1], mib(cells[5])])).toEqual(
      shown.map(({ place }) => [sorted[place]?.name, sorted[place]?.memory]),
    )
  }).toPass({ timeout: 15_000 })
}

test('renders only changed rows of 10,000, and keeps the focus and the selection', async ({ page }) => {
  test.setTimeout(300_000)
  const simulator = await startSimulator({ port: 0, machines: MACHINES, control: true, speed: 0 })
  const app = await startApp({ bigvUrl: simulator.url })
  const bigv = controlClient(simulator.url)
  const reads = async () =>
    (await bigv.requests({ account: 'acme' })).filter(({ method, path }) => method === 'GET' && path === PATH)
      .length
  const refresh = async () => {
    const before = await reads()
    await page.clock.fastForward(10_000)
    await expect.poll(reads, { timeout: 30_000 }).toBe(before + 1)
    // Two frames after the answer, all its changes are rendered.
    await expect(page.getByRole('button', { name: /^Updated/ })).toBeVisible()
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
  }
  try {
    await page.clock.install()
    await countRenders(page)
    await open(page, DEMO, `${app.url}${PATH}`)
    // Two machines are deleted.
    await expect(table(page)).toHaveAttribute('aria-rowcount', String(MACHINES - 1), { timeout: 60_000 })
    await expect(rows(page).first().getByRole('cell').nth(2)).toHaveText(/^\d+\.\d+\.\d+\.\d+ /, {
      timeout: 60_000,
    })

    await test.step('sorts by any column, equal values by name', async () => {
      const all = await machinesOf(simulator.url)
      const byName = all.toSorted((a, b) => naturally(a.name, b.name))
      const byMemory = byName.toSorted((a, b) => a.memory - b.memory)
      await page.getByRole('columnheader', { name: 'Memory' }).getByRole('button').click()
      await expect(page).toHaveURL(/sort=memory$/)
      await expectRowsOnScreen(page, byMemory, 0)
      await page.keyboard.press('j')
      await page.keyboard.press('End')
      await expect(rows(page).last()).toHaveAttribute('aria-rowindex', String(MACHINES - 1))
      await expect(rows(page).last().getByRole('link')).toBeFocused()
      await expectRowsOnScreen(page, byMemory, MACHINES - 3)
      const name = page.getByRole('columnheader', { name: 'Name' })
      await name.getByRole('button').click()
      await expect(name).toHaveAttribute('aria-sort', 'ascending')
      await expectRowsOnScreen(page, byName, MACHINES - 3)
      await page.keyboard.press('j')
      await page.keyboard.press('Home')
      await expect(rows(page).first()).toHaveAttribute('aria-rowindex', '2')
      await expect(rows(page).first().getByRole('link')).toBeFocused()
      await expectRowsOnScreen(page, byName, 0)
    })

    await test.step('renders no row without changes, and keeps selection, focus and scroll position', async () => {
      await page.mouse.move(600, 400)
      await page.mouse.wheel(0, 190_000)
      await expect(rows(page).nth(12)).toHaveAttribute('aria-rowindex', /^[45]\d\d\d$/)
      // Found by index: a focused row off screen is removed once another row gets the focus, so nth() would shift.
      const first = Number(await rows(page).nth(12).getAttribute('aria-rowindex'))
      const at = (index: number) => table(page).locator(`[role=row][aria-rowindex="${index}"]`)
      const middle = at(first)
      await middle.getByRole('checkbox').click()
      await at(first + 4)
        .getByRole('checkbox')
        .click({ modifiers: ['Shift'] })
      await expect(bar(page)).toContainText('5 selected')
      await middle.getByRole('link').focus()
      const scrolled = await page.evaluate(() => scrollY)
      const name = await middle.getByRole('link').textContent()
      // Screen readers get this text, which is gone after 5 s.
      await expect(page.getByText('5 selected.', { exact: true })).toHaveCount(0)
      await renderedRows(page)
      await renderedParts(page)
      const updated = page.getByRole('button', { name: /^Updated/ })
      const before = await updated.textContent()
      await refresh()
      await expect(updated).not.toHaveText(before ?? '')
      expect(await renderedRows(page)).toEqual({})
      // Nothing is rendered except the button that shows the time of the refresh.
      expect(await renderedParts(page)).toEqual(['BUTTON'])
      expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThanOrEqual(2_500)
      expect(await page.evaluate(() => scrollY)).toBe(scrolled)
      await expect(page.getByRole('link', { name: name ?? '', exact: true })).toBeFocused()
      await expect(bar(page)).toContainText('5 selected')
    })

    await test.step('renders only the row that changed, and keeps an open menu', async () => {
      const changed = rows(page).nth(14)
      const id = Number(await changed.getAttribute('data-id'))
      const on = (await bigv.machine(id)).power_on
      const menu = rows(page)
        .nth(13)
        .getByRole('button', { name: /^Actions for/ })
      await menu.click()
      await page.keyboard.press('ArrowDown')
      const item = page.getByRole('menuitem').nth(1)
      await expect(item).toBeFocused()
      await renderedRows(page)
      await bigv.setMachine(id, { power_on: !on, autoreboot_on: false })
      await refresh()
      await expect(page.locator(`[data-id="${id}"]`)).toContainText(on ? 'Stopped' : 'Running')
      expect(Object.keys(await renderedRows(page))).toEqual([String(id)])
      await expect(item).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(menu).toBeFocused()
    })

    await test.step('renders only the row that is selected', async () => {
      const row = rows(page).nth(18)
      const id = (await row.getAttribute('data-id')) ?? ''
      await row.getByRole('checkbox').focus()
      await renderedRows(page)
      await page.keyboard.press('x')
      await expect(bar(page)).toContainText('6 selected')
      expect(await renderedRows(page)).toEqual({ [id]: 1 })
    })

    await test.step('keeps the focus on its row however far the list is scrolled', async () => {
      const focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
      await page.evaluate(() => scrollTo(0, 0))
      await expect(rows(page).first()).toHaveAttribute('aria-rowindex', '2')
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(focused)
      expect(await rows(page).count()).toBeLessThan(60)
      await page.keyboard.press('j')
      await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100_000)
    })

    await test.step('selects and deselects all machines at once', async () => {
      await bar(page)
        .getByRole('button', { name: `Select all ${MACHINES - 2}` })
        .click()
      await expect(bar(page)).toContainText(`${MACHINES - 2} selected`)
      await bar(page).getByRole('button', { name: 'Clear selection' }).click()
      await expect(bar(page)).toBeHidden()
    })
  } finally {
    await app.close()
    await simulator.close()
  }
})
