import { expect, test } from '@playwright/test'
import { demoUser } from '../simulator/fleet/users.ts'
import { startSimulator } from '../simulator/server.ts'
import { startApp } from './app-server.ts'
import { firstView } from './budget.ts'

// The budget is computed from the manifest and a list of modules; this shows that the list is whole.
test('from signing in to the list, a browser loads the files that the byte budget counts, and no others', async ({
  page,
}) => {
  const simulator = await startSimulator({ machines: 3 })
  const app = await startApp({ bigvUrl: simulator.url, demo: demoUser })
  const loaded: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/\.(js|css)$/.test(pathname)) loaded.push(pathname.slice(1))
  })
  await page.goto(app.url)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  const { scripts, styles } = firstView()
  const counted = new Set([...scripts, ...styles])
  expect(loaded.filter((file) => !counted.has(file))).toEqual([])
  expect(loaded.length).toBeGreaterThan(3)
  await app.close()
  await simulator.close()
})
