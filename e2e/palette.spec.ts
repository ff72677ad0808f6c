import { listPath } from './account.ts'
import { check, DIALOG } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { machineLinks } from './steps/list.ts'
import { button, card, dialogNamed, expectPage, groupLink, saveButton } from './steps/page.ts'
import {
  activeEntry,
  chooseInPalette,
  openPalette,
  openPaletteFor,
  palette,
  paletteEntries,
  paletteInput,
} from './steps/palette.ts'
import { open } from './steps/sign-in.ts'

test.use({
  wanted: {
    groups: ['staging'],
    machines: [
      { name: 'web1', power_on: true, autoreboot_on: true },
      { name: 'web2' },
      { name: 'db-server-1', group: 'staging', power_on: true },
      { name: 'old1', deleted: true },
    ],
  },
})

test('opens machines, groups and pages with Ctrl-K, recent ones first @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(2)
  await expect(groupLink(page, 'staging')).toHaveAccessibleDescription('1 of 1 on')
  const overviews = async () =>
    (await bigv.requests()).filter(({ path }) => path === `/accounts/${account.account}`).length
  const before = await overviews()
  await openPalette(page)
  await expect(palette(page).getByRole('status')).toHaveText(/^\d+ results$/)
  await check(page, 'the palette', DIALOG)

  await page.keyboard.type('is:running server')
  await expect(activeEntry(page)).toHaveText(/^db-server-1\s*staging\s*Running$/)
  await page.keyboard.press('Enter')
  await expect(palette(page)).toBeHidden()
  await expect(page).toHaveURL(account.machine('db-server-1').path)
  await expectPage(page, 'db-server-1')

  await button(page, 'Go to…').click()
  await expect(paletteEntries(page).nth(0)).toContainText('db-server-1')
  await expect(paletteEntries(page).nth(1)).toContainText('default')
  await expect(paletteEntries(page).filter({ hasText: 'Shut down db-server-1' })).toBeVisible()
  await page.keyboard.type('stag')
  await expect(activeEntry(page)).toHaveText(/^staging\s*group of/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(listPath(account, 'staging'))
  // The sidebar's fetch of the account was enough for all of these.
  expect(await overviews()).toBe(before)
  await openPalette(page)
  await page.keyboard.type('platf')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/platform')
})

test('runs actions, says why one is disabled, and asks before dangerous ones @firefox', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(2)
  await openPaletteFor(page, 'web2')
  const shutDown = paletteEntries(page).filter({ hasText: 'Shut down web2' })
  await expect(shutDown).toContainText('Not running.')
  await expect(shutDown).toHaveAttribute('aria-disabled', 'true')
  await expect(activeEntry(page)).toHaveText(/^Start web2$/)
  await expect(paletteEntries(page).last()).toHaveAttribute('aria-disabled', 'true')
  await check(page, 'a machine’s actions', DIALOG)
  await page.keyboard.type('shut')
  await page.keyboard.press('Enter')
  await expect(palette(page)).toBeVisible()
  await paletteInput(page).fill('start')
  await page.keyboard.press('Enter')
  await expect(palette(page)).toBeHidden()
  const start = { method: 'PUT', body: { autoreboot_on: true, power_on: true } }
  await expect(bigv).toHaveReceived([start])

  await openPalette(page)
  await page.keyboard.type('stop web1')
  await expect(activeEntry(page)).toHaveText(new RegExp(`^${LABELS.stop} web1`))
  await page.keyboard.press('Enter')
  const asked = dialogNamed(page, `${LABELS.stop} web1?`)
  await expect(asked).toBeVisible()
  // The palette doesn't open over a dialog.
  await page.keyboard.press('Control+k')
  await expect(palette(page)).toBeHidden()
  await button(asked, 'Cancel').click()

  await openPalette(page)
  await page.keyboard.type('autoreboot off web1')
  await expect(activeEntry(page)).toHaveText(/^Automatic restart off: web1/)
  await page.keyboard.press('Enter')
  await expect(bigv).toHaveReceived([start, { method: 'PUT', body: { autoreboot_on: false } }])
})

test('opens the settings to rename a stopped machine @long', async ({ page, account, bigv }) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(2)
  await chooseInPalette(page, 'web2', 'Settings')
  await card(page, 'Name and group').getByLabel('Name').fill('mail1')
  await saveButton(page, 'Name and group').click()
  await expectPage(page, 'mail1')
  await expect(bigv).toHaveReceived([
    { method: 'PUT', path: account.machine('web2').path, body: { name: 'mail1' } },
  ])
})

test('says when nothing matches, and returns the focus with Escape @long', async ({ page, account }) => {
  await open(page, account)
  await button(page, 'Go to…').focus()
  await page.keyboard.press('Enter')
  await expect(paletteInput(page)).toBeFocused()
  await page.keyboard.type('zzz')
  await expect(palette(page).getByRole('status')).toHaveText('No results')
  await page.keyboard.press('Escape')
  await expect(palette(page)).toBeHidden()
  await expect(button(page, 'Go to…')).toBeFocused()
})
