import { listPath } from './account.ts'
import { listReads } from './bigv.ts'
import { expect, test } from './fixtures.ts'
import { machineLinks } from './steps/list.ts'
import { rememberIn } from './steps/sign-in.ts'

test('fetches the list before the page’s scripts, and offers Reload if they fail to load', async ({
  page,
  account,
  bigv,
}) => {
  const forget = await rememberIn(page, account)
  // Only the scripts of the pages fail, as when a new version was installed meanwhile; requests to BigV pass.
  const pageScripts = /\/assets\/app-/
  await page.route(pageScripts, (route) => route.abort())
  await page.goto(listPath(account))
  await forget()
  const reload = page.getByRole('button', { name: 'Reload' })
  await expect(page.getByText('Part of the dashboard failed to load.')).toBeVisible()
  await expect.poll(() => listReads(bigv, account)).toHaveLength(1)

  await page.unroute(pageScripts)
  await bigv.clearRequests()
  await reload.click()
  await expect(machineLinks(page)).toHaveText(['www1'])
  await expect.poll(() => listReads(bigv, account)).toHaveLength(1)
})

test('names the browsers it needs, and doesn’t start, if the browser lacks a function', async ({
  page,
  account,
  bigv,
}) => {
  const forget = await rememberIn(page, account)
  await page.addInitScript(() => {
    const [owner = '', name = ''] = new URLSearchParams(location.search).get('without')?.split('.') ?? []
    const its = Reflect.get(window, owner) as object | undefined
    if (its) Reflect.deleteProperty(its, name)
  })
  for (const missing of ['URL.canParse', 'CSS.registerProperty', 'AbortSignal.any']) {
    await page.goto(`/?without=${missing}`)
    await expect(page.getByRole('heading')).toHaveText('This browser is too old for the BigV dashboard')
    await expect(page.getByText('It needs Chrome or Edge')).toBeVisible()
  }
  await forget()
  expect(await bigv.requests()).toEqual([])
})
