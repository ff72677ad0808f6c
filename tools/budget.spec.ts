import { expect, test } from '@playwright/test'
import { demoUser } from '../simulator/fleet/fleet.ts'
import { startSimulator } from '../simulator/server.ts'
import { startApp } from './app-server.ts'
import { firstView } from './budget.ts'

// The budget is computed from the manifest and a list of modules; this shows that the list is whole.
test('with a remembered session, a browser loads for the list the files that the byte budget counts, and no others', async ({
  page,
}) => {
  const simulator = await startSimulator({ machines: 3 })
  const app = await startApp({ bigvUrl: simulator.url })
  await page.addInitScript(
    (session) => {
      sessionStorage.setItem('bigv.session', session)
      // What is loaded in advance, once the list is there, is not what the user waits for.
      new MutationObserver((_, watch) => {
        if (document.querySelector('[role=row] a') === null) return
        watch.disconnect()
        performance.mark('first row')
      }).observe(document, { childList: true, subtree: true })
    },
    JSON.stringify({ ...demoUser, otp: '' }),
  )
  await page.goto(`${app.url}/accounts/acme/groups/default/virtual_machines`)
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  const loaded = await page.evaluate(() => {
    const firstRow = performance.getEntriesByName('first row')[0]?.startTime ?? 0
    return performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime < firstRow)
      .map(({ name }) => new URL(name).pathname.slice(1))
      .filter((name) => /\.(js|css)$/.test(name))
  })
  const { scripts, styles } = firstView()
  expect(loaded.toSorted()).toEqual([...scripts, ...styles].toSorted())
  await app.close()
  await simulator.close()
})
