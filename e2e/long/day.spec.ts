import type { CDPSession } from '@playwright/test'
import { controlClient } from '../../simulator/control/client.ts'
import { startSimulator } from '../../simulator/server.ts'
import { startApp } from '../../tools/app-server.ts'
import { listPath } from '../account.ts'
import { DEMO } from '../demo-user.ts'
import { expect, test } from '../fixtures.ts'
import { open } from '../steps/sign-in.ts'

const MACHINES = 10_000
const PATH = listPath(DEMO)
const MINUTES = 24 * 60
// By this minute the machine has been turned on and off, and V8 has compiled everything that it is going to compile.
const SETTLED = 180
const MiB = 2 ** 20

test('uses no more memory after a day of fetching 10,000 machines every minute', async ({ page }) => {
  const simulator = await startSimulator({ port: 0, machines: MACHINES, control: true, speed: 0 })
  const app = await startApp({ bigvUrl: simulator.url })
  const bigv = controlClient(simulator.url)
  const reads = async () => (await bigv.requests()).filter(({ path }) => path === PATH).length
  try {
    await page.clock.install()
    await page.addInitScript(() => {
      localStorage.setItem('bigv.interval', '60000')
      localStorage.setItem('bigv.idle-limit', '0')
    })
    await open(page, DEMO, app.url + PATH)
    const table = page.getByRole('table')
    await expect(table).toHaveAttribute('aria-rowcount', String(MACHINES - 1), { timeout: 60_000 })
    const row = page.locator('[role=row][data-id]').first()
    const id = Number(await row.getAttribute('data-id'))
    const name = (await row.getByRole('link').textContent()) ?? ''
    const browser = await page.context().newCDPSession(page)
    const updated = page.getByRole('button', { name: /^Updated/ })
    const measured: Memory[] = []

    for (let minute = 1; minute <= MINUTES; minute++) {
      await bigv.clearRequests()
      // Every sixth refresh brings a change, the others the same text.
      const changed = minute % 6 === 1
      const on = Math.floor(minute / 6) % 2 === 0
      if (changed) await bigv.setMachine(id, { power_on: on, autoreboot_on: false })
      const before = (await updated.textContent()) ?? ''
      await page.clock.fastForward(60_000)
      await expect.poll(reads, { timeout: 30_000, intervals: [20, 50, 100] }).toBe(1)
      await expect(updated).not.toHaveText(before, { timeout: 30_000 })
      if (changed) await expect(row).toContainText(on ? 'Running' : 'Stopped', { timeout: 30_000 })
      if (minute % SETTLED === 0) measured.push(await measureMemory(browser))
    }
    await expect(row).toContainText(name)

    const [settled] = measured
    const end = measured.at(-1)
    console.log(
      measured
        .map(
          ({ heap, nodes, listeners }) =>
            `${(heap / MiB).toFixed(1)} MiB, ${nodes} nodes, ${listeners} listeners`,
        )
        .join('; '),
    )
    if (settled === undefined || end === undefined) throw new Error('Nothing was measured.')
    expect(end.heap).toBeLessThan(settled.heap + 2 * MiB)
    expect(end.nodes).toBeLessThan(settled.nodes + 100)
    expect(end.listeners).toBeLessThan(settled.listeners + 20)
  } finally {
    await app.close()
    await simulator.close()
  }
})

interface Memory {
  heap: number
  nodes: number
  listeners: number
}

/** The page's memory after garbage collection. */
async function measureMemory(browser: CDPSession): Promise<Memory> {
  await browser.send('HeapProfiler.enable')
  await browser.send('HeapProfiler.collectGarbage')
  await browser.send('HeapProfiler.collectGarbage')
  await browser.send('HeapProfiler.disable')
  const { usedSize } = await browser.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await browser.send('Memory.getDOMCounters')
  return { heap: usedSize, nodes, listeners: jsEventListeners }
}
