import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../tools/root.ts'
import { listPath } from './account.ts'
import { expect, test } from './fixtures.ts'
import { rememberIn } from './steps/sign-in.ts'

/** The files in dist that the byte budget counts for the list, as patterns. */
const [{ path: counted }] = JSON.parse(readFileSync(path.join(ROOT, '.size-limit.json'), 'utf8')) as [
  { path: string[] },
]
const asPattern = (file: string) => new RegExp(`^${file.replaceAll('.', '\\.').replaceAll('*', '[\\w-]+')}$`)

test('loads only the scripts that the byte budget counts for the list', async ({ page, account }) => {
  await rememberIn(page, account)
  await page.addInitScript(() => {
    // Scripts that are preloaded after the first row don't count: the user doesn't wait for them.
    new MutationObserver((_, watch) => {
      if (document.querySelector('[role=row] a') === null) return
      watch.disconnect()
      performance.mark('first row')
    }).observe(document, { childList: true, subtree: true })
  })
  await page.goto(listPath(account))
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  const loaded = await page.evaluate(() => {
    const firstRow = performance.getEntriesByName('first row')[0]?.startTime ?? 0
    const resources = performance.getEntriesByType('resource')
    return resources.flatMap(({ name, startTime }) => (startTime < firstRow ? new URL(name).pathname : []))
  })
  const scripts = loaded.filter((name) => name.endsWith('.js')).map((name) => `dist${name}`)
  const patterns = counted.map(asPattern)
  expect(scripts.filter((file) => !patterns.some((one) => one.test(file)))).toEqual([])
  expect(counted.filter((_, index) => !scripts.some((file) => patterns[index]?.test(file)))).toEqual([])
  // Firefox lists the icons, too, for which nothing waits. The HTML page is one more request.
  expect(loaded.filter((name) => !name.includes('icon')).length).toBeLessThan(15)
})
