import { readFile } from 'node:fs/promises'
import { listPath } from './account.ts'
import { check } from './axe.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { row } from './steps/list.ts'
import { confirm, groupLink, operations, refresh, toast } from './steps/page.ts'
import { passUntilOff } from './steps/received.ts'
import { open } from './steps/sign-in.ts'

test.use({
  wanted: {
    machines: [
      { name: 'www1', power_on: true, autoreboot_on: true },
      { name: 'db1', power_on: true, autoreboot_on: true },
      { name: 'old1', power_on: true, autoreboot_on: true },
    ],
  },
})

const WINDOW = String.raw`between \d\d:\d\d:\d\d and \d\d:\d\d:\d\d`
const drawer = (page: Page) => page.getByRole('dialog', { name: 'Activity' })
const entries = (page: Page) => drawer(page).getByRole('list', { name: 'Operations' }).locator('> li')
const seenHere = (page: Page) => page.getByRole('region', { name: 'Changed elsewhere' }).getByRole('listitem')
const openDrawer = (page: Page) => page.getByRole('banner').getByRole('button', { name: 'Activity' }).click()

test('what another operator changes is told, with the times between which it was seen; one’s own is not', async ({
  page,
  account,
  bigv,
}) => {
  const [www1, db1, old1] = account.machines.map(({ id }) => id) as [number, number, number]
  const following = page.waitForResponse(/\/startup-[^/]+\.js$/)
  await open(page, account)
  await expect(row(page, 'www1')).toContainText('Running')
  await following
  await bigv.setMachine(www1, { power_on: false, autoreboot_on: false, cores: 4 })
  await bigv.setMachine(db1, { name: 'db2' })
  await bigv.setMachine(old1, { deleted: true })
  await refresh(page)
  await expect(row(page, 'db2')).toBeVisible()

  await test.step('in the drawer, over any page', async () => {
    await openDrawer(page)
    await expect(entries(page)).toHaveCount(5)
    for (const text of [
      'www1 was turned off',
      'www1 cores 1 → 4',
      'www1 autoreboot_on yes → no',
      'db2 was renamed, from db1 to db2',
      'old1 is no longer there: deleted, moved or gone for good',
    ]) {
      await expect(entries(page).filter({ hasText: text })).toHaveText(new RegExp(WINDOW))
    }
    await check(page, 'the drawer')
    await entries(page).filter({ hasText: 'cores' }).getByRole('link', { name: 'www1' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('www1')
    await expect(drawer(page)).toBeHidden()
  })

  await test.step('on the machine’s page, without what is done here', async () => {
    await expect(seenHere(page)).toHaveCount(3)
    await page.getByRole('button', { name: LABELS.start, exact: true }).click()
    await expect(page.getByText('www1 is running')).toBeVisible()
    await refresh(page)
    await bigv.setMachine(www1, { memory: 4096 })
    await refresh(page)
    await expect(seenHere(page).filter({ hasText: 'memory 1 GiB → 4 GiB' })).toHaveText(new RegExp(WINDOW))
    await expect(seenHere(page)).toHaveCount(4)
    await expect(seenHere(page).filter({ hasText: 'turned on' })).toHaveCount(0)
    await check(page, 'a machine that was changed elsewhere')
  })

  await test.step('on the page of the activity, and in its file', async () => {
    await openDrawer(page)
    await drawer(page).getByRole('link', { name: 'Whole page' }).click()
    await expect(page.getByText('the last 100 operations that ended')).toBeVisible()
    // Chosen by the address, which a check looks at too soon for.
    await page.getByRole('radio', { name: /^Seen/ }).click()
    await expect(page.getByRole('radio', { name: /^Seen/ })).toBeChecked()
    await expect(page).toHaveURL('/activity?outcome=seen')
    await expect(operations(page)).toHaveCount(6)
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export as JSON' }).click()
    const exported = JSON.parse(await readFile(await (await downloading).path(), 'utf8'))
    expect(exported.operations).toMatchObject([{ action: 'start', outcome: 'done' }])
    expect(exported.seen).toHaveLength(6)
    expect(exported.seen.at(-1)).toMatchObject({ attribute: 'memory', before: 1024, after: 4096 })
    await check(page, 'what was seen')
  })
})

test('a long operation is told by the browser when it is done, wherever one is by then', async ({
  page,
  account,
  bigv,
}) => {
  // A headless browser shows no notifications: what would be shown is kept for the test.
  await page.addInitScript(() => {
    const shown: string[] = []
    class Kept extends EventTarget {
      static permission = 'default'
      static requestPermission = () => Promise.resolve((Kept.permission = 'granted'))
      constructor(title: string) {
        super()
        shown.push(title)
      }
    }
    Object.assign(globalThis, { Notification: Kept, shown })
  })
  await bigv.pauseTime()
  await open(page, account, `${listPath(account)}/www1`)
  await confirm(page, LABELS.shutDown, 'www1')
  await page.getByRole('button', { name: 'Tell me when it is done' }).click()
  await expect(page.getByRole('button', { name: 'You will be told' })).toHaveAttribute('aria-pressed', 'true')
  await groupLink(page, 'default').click()
  await passUntilOff(bigv, account)
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown))
    .toEqual(['www1 has shut down'])
  await expect(toast(page, 'www1 has shut down')).toBeVisible()

  await test.step('where the browser was told not to, the page says so, and tells it itself', async () => {
    await page.evaluate(() => Object.assign(Notification, { permission: 'denied' }))
    await row(page, 'db1').getByRole('link').click()
    await confirm(page, LABELS.shutDown, 'db1')
    await page.getByRole('button', { name: 'Tell me when it is done' }).click()
    await expect(
      page.getByText('This browser was told not to show notifications of this page.'),
    ).toBeVisible()
    await check(page, 'told by the page alone')
    await page.getByRole('button', { name: 'You will be told' }).click()
    await expect(page.getByText('This browser was told not to show')).toBeHidden()
  })
})
