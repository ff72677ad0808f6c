import { startSimulator } from '../../simulator/server.ts'
import { startApp } from '../../tools/app-server.ts'
import { listPath } from '../account.ts'
import { DEMO } from '../demo-user.ts'
import { expect, test } from '../fixtures.ts'
import { header, machineLinks, searchBox } from '../steps/list.ts'
import { open } from '../steps/sign-in.ts'

test('renders only the rows on screen of 10,000 machines while scrolling', async ({ page }) => {
  const simulator = await startSimulator({ port: 0, machines: 10_000, control: true })
  const app = await startApp({ bigvUrl: simulator.url })
  try {
    await page.clock.install()
    await open(page, DEMO, app.url + listPath(DEMO))
    const table = page.getByRole('table')
    const rows = table.getByRole('row')
    const counts = page.getByText(/^\d+ machines$/)
    // Two machines are deleted.
    await expect(counts).toHaveText(/^9998 machines/, { timeout: 20_000 })
    await expect(table).toHaveAttribute('aria-rowcount', '9999')
    expect(await rows.count()).toBeLessThan(60)
    await expect(rows.nth(1)).toHaveAttribute('aria-rowindex', '2')

    await page.mouse.move(600, 400)
    await page.mouse.wheel(0, 200_000)
    const middle = rows.nth(20)
    await expect(middle).toHaveAttribute('aria-rowindex', /^5\d\d\d$/)
    expect(await rows.count()).toBeLessThan(60)
    await expect(header(page, 'Name')).toBeInViewport()

    // A refresh doesn't scroll.
    const scrolled = await page.evaluate(() => scrollY)
    const seen = await middle.getByRole('link').textContent()
    await page.clock.fastForward(10_000)
    await expect(page.getByRole('button', { name: /^Updated/ })).toBeVisible()
    expect(await page.evaluate(() => scrollY)).toBe(scrolled)
    await expect(middle.getByRole('link')).toHaveText(seen ?? '')

    await page.keyboard.press('End')
    await expect(rows.last()).toHaveAttribute('aria-rowindex', '9999')
    await expect(rows.last()).toBeInViewport()

    await header(page, 'Name').getByRole('button').click()
    await page.keyboard.press('Home')
    await expect(rows.nth(1)).toHaveAttribute('aria-rowindex', '2')
    await searchBox(page).fill('stubborn')
    await expect(machineLinks(page)).toHaveText(['stubborn'])
    await expect(table).toHaveAttribute('aria-rowcount', '2')
  } finally {
    await app.close()
    await simulator.close()
  }
})
