import { startSimulator } from '../../simulator/server.ts'
import { startApp } from '../../tools/app-server.ts'
import { DEMO } from '../demo-user.ts'
import { expect, test } from '../fixtures.ts'
import { listPath, machineLinks, open, searchBox } from '../steps.ts'

const MACHINES = 10_000
/** A key each: as fast as one types. */
const delay = 90

test('ten thousand machines are searched and gone to while one types', async ({ page }) => {
  test.setTimeout(180_000)
  const simulator = await startSimulator({ port: 0, machines: MACHINES, control: true })
  const app = await startApp({ bigvUrl: simulator.url })
  try {
    await open(page, DEMO, app.url + listPath(DEMO))
    await expect(page.getByText(/^9998 machines/)).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('row').nth(1)).toContainText(/\d+\.\d+\.\d+\.\d+/, { timeout: 60_000 })
    await searchBox(page).focus()
    await page.keyboard.type('app is:running -is:stopped cores>=2 memory<16GiB ', { delay })
    await expect(page.getByText(/9998 machines, .*, \d+ shown$/)).toBeVisible()
    const shown = Number(/(\d+) shown/.exec((await page.getByText(/ shown$/).textContent()) ?? '')?.[1])
    expect(shown).toBeGreaterThan(0)
    expect(shown).toBeLessThan(MACHINES)
    await searchBox(page).fill('stubborn is:running')
    await expect(machineLinks(page)).toHaveText(['stubborn'])

    await page.keyboard.press('Control+k')
    const palette = page.getByRole('dialog', { name: 'Go to' })
    await expect(palette.getByRole('status')).toHaveText(/^10,\d+ entries, 40 shown$/, { timeout: 60_000 })
    await page.keyboard.type('cache77 stag', { delay })
    await expect(palette.getByRole('combobox')).toHaveValue('cache77 stag')
    await palette.getByRole('combobox').fill('')
    await page.keyboard.type('stubborn', { delay })
    await expect(palette.getByRole('option', { selected: true })).toContainText('stubborn')
  } finally {
    await app.close()
    await simulator.close()
  }
})
