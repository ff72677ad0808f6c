import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { batchPanel, batchProgress, chooseBulk, machineLinks, selectAll } from './steps/list.ts'
import { button, confirm, dialogNamed, expectPage, sessionLink, toast } from './steps/page.ts'
import { open, openMachine } from './steps/sign-in.ts'

const COUNT = 60
const NAMES = Array.from({ length: COUNT }, (_, at) => `web${at + 1}`)

// Elsewhere, Playwright makes no PDF; over BiDi, Firefox can't be told to lay a page out for paper either.
test.skip(({ browserName }) => browserName !== 'chromium', 'Only Chromium prints in tests')

test.use({
  frozen: true,
  colorScheme: 'dark',
  wanted: { machines: NAMES.map((name) => ({ name, power_on: true, autoreboot_on: true })) },
})

/** How many pages of A4 the page is on paper. */
async function printedPages(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4' })
  return pdf.toString('latin1').split(/\/Type \/Page\b/).length - 1
}

/** Expects the printed page to be black on white, with the user's name and without navigation. */
async function expectPaper(page: Page, username: string): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('note', { name: 'Printed' })).toContainText(`user ${username}, printed `)
  await expect(page.getByRole('navigation').filter({ hasNot: page.getByText(' / ') })).toHaveCount(0)
  const colours = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body)
    return { color, backgroundColor }
  })
  expect(colours).toEqual({ color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 255, 255)' })
}

test('prints all rows of a list, on several pages, without controls', async ({ page, account }) => {
  await open(page, account)
  await expect(machineLinks(page).first()).toBeVisible()
  expect(await machineLinks(page).count()).toBeLessThan(COUNT)

  await expectPaper(page, account.username)
  const table = page.getByRole('table', { name: 'Machines of default' })
  await expect(table.getByRole('cell', { name: /^web/ })).toHaveText(NAMES)
  await expect(page.getByRole('button')).toHaveText(/^Updated /)
  expect(await printedPages(page)).toBe(2)

  await test.step('shows the list again after printing', async () => {
    await page.emulateMedia({ media: 'screen' })
    await expect(table.getByRole('rowheader', { name: /^web/ })).toHaveCount(await machineLinks(page).count())
    await expect(page.getByRole('note', { name: 'Printed' })).toBeHidden()
  })
})

test('prints a machine’s page and Activity without controls', async ({ page, account }) => {
  await openMachine(page, account, 'web1')
  await confirm(page, LABELS.stop, 'web1')
  await expect(toast(page, 'web1 is stopped')).toBeVisible()
  await expectPaper(page, account.username)
  await expectPage(page, 'web1')
  await expect(page.getByRole('region', { name: 'Network' })).toBeVisible()
  await expect(page.getByRole('button')).toHaveText(/^Updated /)
  expect(await printedPages(page)).toBeLessThanOrEqual(2)

  await page.emulateMedia({ media: 'screen' })
  await sessionLink(page, 'Activity').click()
  await expectPaper(page, account.username)
  await expect(page.getByRole('listitem').filter({ hasText: `${LABELS.stop} web1` })).toContainText('PUT')
  await expect(page.getByRole('button')).toHaveCount(0)
  expect(await printedPages(page)).toBe(1)
})

test('prints every machine’s result of a bulk run, even if the results are folded @long', async ({
  page,
  account,
}) => {
  await open(page, account)
  await selectAll(page)
  await chooseBulk(page, LABELS.reset)
  await dialogNamed(page)
    .getByLabel(/^Type 60/)
    .fill(String(COUNT))
  await button(dialogNamed(page), 'Reset 60 machines').click()
  await batchProgress(page).click()
  await batchPanel(page).getByText('Results by machine').click()
  const results = batchPanel(page).getByRole('list', { name: 'Results' })
  await expect(results).toBeHidden()

  await expectPaper(page, account.username)
  await expect(results.getByRole('listitem')).toHaveCount(COUNT)
  await expect(page.getByRole('main')).toBeHidden()
  expect(await printedPages(page)).toBeGreaterThan(1)
  await page.emulateMedia({ media: 'screen' })
  await expect(results).toBeHidden()
})
