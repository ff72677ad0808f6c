import { listPath } from './account.ts'
import { check, DIALOG } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { chooseInView, machineLinks, row } from './steps/list.ts'
import {
  button,
  card,
  dialogNamed,
  expectPage,
  openSettingsMenu,
  refresh,
  sessionLink,
} from './steps/page.ts'
import { open } from './steps/sign-in.ts'

test.use({
  frozen: true,
  wanted: {
    machines: [
      { name: 'db1', power_on: true, autoreboot_on: true },
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'spare1' },
    ],
  },
})

const OFF = { power_on: false, autoreboot_on: false }
const strip = (page: Page, name: RegExp) => page.getByRole('img', { name })

/** Opens the list, and waits until the dashboard notes what it fetches. */
async function openList(page: Page, account: Parameters<typeof open>[1]) {
  const servicesLoaded = page.waitForResponse(/\/startup-[^/]+\.js$/)
  await open(page, account)
  await expect(row(page, 'www1')).toContainText('Running')
  await servicesLoaded
}

test('draws when machines were seen on and off, for a list and for a machine', async ({
  page,
  account,
  bigv,
}) => {
  await openList(page, account)
  await bigv.setMachine(account.machine('www1').id, OFF)
  await refresh(page)
  await expect(row(page, 'www1')).toContainText('Stopped')
  await chooseInView(page, 'Timeline')
  const dialog = dialogNamed(page, 'Timeline of default')
  const machines = dialog.getByRole('list', { name: 'Machines' }).getByRole('link')
  await expect(machines).toHaveText(['www1', 'db1', 'spare1'])
  await expect(strip(page, /^www1: Seen off once.*Watched \d+(?:\.\d)? of 15 min\.$/)).toBeVisible()
  await expect(strip(page, /^db1: Always seen on\. Watched/)).toBeVisible()
  await expect(strip(page, /^spare1: Always seen off\. Watched/)).toBeVisible()
  await check(page, 'the timeline of a list', DIALOG)
  await expect(page).toHaveURL(/timeline=all/)

  await machines.first().click()
  await expectPage(page, 'www1')
  const timeline = card(page, 'Timeline')
  await button(timeline, /^Show \d changes?$/).click()
  await expect(timeline.getByRole('list', { name: 'Changes' })).toContainText(
    /Seen off, changed elsewhere.*between .* and /,
  )
})

test('shows which head runs what, and where machines that are off were last seen', async ({
  page,
  account,
  bigv,
}) => {
  await openList(page, account)
  const { id } = account.machine('www1')
  const { head } = await bigv.machine(id)
  await bigv.setMachine(account.machine('db1').id, { head: 'head999' })
  await bigv.setMachine(id, OFF)
  await refresh(page)
  await expect(row(page, 'www1')).toContainText('Stopped')
  await sessionLink(page, 'Platform').click()
  const heads = page.getByRole('list', { name: 'Heads' }).getByRole('listitem')
  await expect(heads.first()).toHaveText(
    new RegExp(String.raw`^${head}nothing running0 running1 offlast seen here at \d\d:\d\d:\d\d$`),
  )
  await expect(heads.filter({ hasText: 'head999' })).toHaveText('head9991 running')
  await expect(heads.last()).toHaveText('Head unknown0 running1 off')
  await check(page, 'the heads')
  await heads.first().getByRole('link', { name: '1 off' }).click()
  await expectPage(page, 'All machines')
  await expect(machineLinks(page)).toHaveText(['www1'])
})

test('keeps timelines on this computer after signing out, until told to forget @long', async ({
  page,
  account,
}) => {
  await openList(page, account)
  const seen = strip(page, /^www1: Always seen on/)
  await chooseInView(page, 'Timeline')
  await page.getByRole('switch', { name: /^Keep 30 days/ }).click()
  await expect(button(page, 'Forget on this computer')).toBeVisible()
  await page.keyboard.press('Escape')
  await openSettingsMenu(page)
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await open(page, account, `${listPath(account)}?timeline=all`)
  await expect(seen).toBeVisible()
  await button(page, 'Forget on this computer').click()
  await button(dialogNamed(page, 'Forget timelines on this computer?'), 'Forget').click()
  await expect(strip(page, /^www1: Not watched\.$/)).toBeVisible()
})
