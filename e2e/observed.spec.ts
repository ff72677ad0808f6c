import { listPath } from './account.ts'
import { check, DIALOG } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { row } from './steps/list.ts'
import {
  button,
  confirm,
  download,
  expectPage,
  groupLink,
  openActivity,
  operations,
  refresh,
  toast,
  recentActivity,
} from './steps/page.ts'
import { advanceUntilOff } from './steps/received.ts'
import { open } from './steps/sign-in.ts'

test.use({
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'db1', power_on: true, autoreboot_on: true },
      { name: 'old1' },
    ],
  },
})

const TIMES = String.raw`between \d\d:\d\d:\d\d and \d\d:\d\d:\d\d`
const changedElsewhere = (page: Page) => recentActivity(page).filter({ hasText: 'elsewhere' })

test('lists changes made elsewhere, with the times between which they happened', async ({
  page,
  account,
  bigv,
}) => {
  const id = (name: string) => account.machine(name).id
  const servicesLoaded = page.waitForResponse(/\/startup-[^/]+\.js$/)
  await open(page, account)
  await expect(row(page, 'www1')).toContainText('Running')
  await servicesLoaded
  await bigv.setMachine(id('www1'), { power_on: false, autoreboot_on: false, cores: 4 })
  await bigv.setMachine(id('db1'), { name: 'db2' })
  await bigv.setMachine(id('old1'), { deleted: true })
  await refresh(page)
  await expect(row(page, 'db2')).toBeVisible()

  await test.step('lists them in the drawer on any page', async () => {
    const drawer = await openActivity(page)
    await expect(operations(drawer)).toHaveCount(5)
    for (const text of [
      'www1 was turned off',
      'www1 cores 1 → 4',
      'www1 automatic restart turned off',
      'db2 was renamed, from db1 to db2',
      'old1 was deleted',
    ]) {
      await expect(operations(drawer).filter({ hasText: text })).toHaveText(new RegExp(TIMES))
    }
    await check(page, 'the drawer', DIALOG)
    await operations(drawer).filter({ hasText: 'cores' }).getByRole('link', { name: 'www1' }).click()
    await expectPage(page, 'www1')
    await expect(drawer).toBeHidden()
  })

  await test.step('lists them on the machine’s page, without the user’s own actions', async () => {
    await expect(changedElsewhere(page)).toHaveCount(3)
    await page.getByRole('button', { name: LABELS.start, exact: true }).click()
    await expect(toast(page, 'www1 is running')).toBeVisible()
    await refresh(page)
    await bigv.setMachine(id('www1'), { memory: 4096 })
    await refresh(page)
    await expect(changedElsewhere(page).filter({ hasText: 'memory 1 GiB → 4 GiB' })).toHaveText(
      new RegExp(TIMES),
    )
    await expect(changedElsewhere(page)).toHaveCount(4)
    await expect(changedElsewhere(page).filter({ hasText: 'turned on' })).toHaveCount(0)
    await check(page, 'a machine that was changed elsewhere')
  })

  await test.step('lists them on the activity page and in its export', async () => {
    await (await openActivity(page)).getByRole('link', { name: 'Open full page' }).click()
    await expect(page.getByText('Running actions, the last 100 that ended')).toBeVisible()
    // The radio button is checked only once the URL has changed. Playwright's check() doesn't wait for that.
    await page.getByRole('radio', { name: /^Elsewhere/ }).click()
    await expect(page.getByRole('radio', { name: /^Elsewhere/ })).toBeChecked()
    await expect(page).toHaveURL('/activity?outcome=seen')
    await expect(operations(page)).toHaveCount(6)
    const file = await download(page, () => button(page, 'Export JSON').click())
    const exported = JSON.parse(file.text)
    expect(exported.operations).toMatchObject([{ action: 'start', outcome: 'done' }])
    expect(exported.seen).toHaveLength(6)
    expect(exported.seen.at(-1)).toMatchObject({ attribute: 'memory', before: 1024, after: 4096 })
    await check(page, 'the activity, changed elsewhere', 'main')
  })
})

test('notifies the user on any page when a long action is done @long', async ({ page, account, bigv }) => {
  // A headless browser shows no notifications, so record them.
  await page.addInitScript(() => {
    const shown: string[] = []
    class FakeNotification extends EventTarget {
      static permission = 'default'
      static requestPermission = () => Promise.resolve((FakeNotification.permission = 'granted'))
      constructor(title: string) {
        super()
        shown.push(title)
      }
    }
    Object.assign(globalThis, { Notification: FakeNotification, shown })
  })
  await bigv.pauseTime()
  await open(page, account, `${listPath(account)}/www1`)
  await confirm(page, LABELS.shutDown, 'www1')
  await page.getByRole('button', { name: 'Notify me when done' }).click()
  await expect(page.getByRole('button', { name: 'You’ll be notified' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await groupLink(page, 'default').click()
  await advanceUntilOff(bigv, account)
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown))
    .toEqual(['www1 has shut down'])
  await expect(toast(page, 'www1 has shut down')).toBeVisible()

  await test.step('says so when notifications are blocked', async () => {
    await page.evaluate(() => Object.assign(Notification, { permission: 'denied' }))
    await row(page, 'db1').getByRole('link').click()
    await confirm(page, LABELS.shutDown, 'db1')
    await page.getByRole('button', { name: 'Notify me when done' }).click()
    await expect(page.getByText('Notifications are blocked for this site.')).toBeVisible()
    await check(page, 'blocked notifications')
    await page.getByRole('button', { name: 'You’ll be notified' }).click()
    await expect(page.getByText('Notifications are blocked')).toBeHidden()
  })
})
