import { listPath } from './account.ts'
import { listReads } from './bigv.ts'
import { expect, test } from './fixtures.ts'
import { machineLinks } from './steps/list.ts'

test('the list is asked for before the pages are there, once; without the pages it says so, and can start anew', async ({
  page,
  account,
  bigv,
}) => {
  const { account: name, username, password } = account
  await page.addInitScript(
    (session) => sessionStorage.setItem('bigv.session', session),
    JSON.stringify({ account: name, username, password, otp: '' }),
  )
  // The files of the pages, not a request to BigV: as when a newer version was installed meanwhile.
  const pages = /\/assets\/app-/
  await page.route(pages, (route) => route.abort())
  await page.goto(listPath(account))
  const anew = page.getByRole('button', { name: 'Load the page anew' })
  await expect(page.getByText('The dashboard could not be loaded whole.')).toBeVisible()
  await expect.poll(() => listReads(bigv, account)).toHaveLength(1)

  await page.unroute(pages)
  await bigv.clearRequests()
  await anew.click()
  await expect(machineLinks(page)).toHaveText(['www1'])
  await expect.poll(() => listReads(bigv, account)).toHaveLength(1)
})
