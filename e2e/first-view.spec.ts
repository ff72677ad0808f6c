import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../tools/root.ts'
import { expect, test } from './fixtures.ts'
import { listPath } from './steps.ts'

/** What the byte budget counts of the list: patterns of the files in dist. */
const [{ path: counted }] = JSON.parse(readFileSync(path.join(ROOT, '.size-limit.json'), 'utf8')) as [
  { path: string[] },
]
const asPattern = (file: string) => new RegExp(`^${file.replaceAll('.', '\\.').replaceAll('*', '[\\w-]+')}$`)

test('with a remembered session, a browser loads for the list the scripts that the byte budget counts, no others, and little else', async ({
  page,
  account,
}) => {
  const { username, password } = account
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
    JSON.stringify({ account: account.account, username, password, otp: '' }),
  )
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
  // With the page itself, one more.
  expect(loaded.length).toBeLessThan(15)
})
