import { listPath } from './account.ts'
import { check, DIALOG } from './axe.ts'
import { listReads } from './bigv.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { machineLinks, searchBox } from './steps/list.ts'
import { pauseRefreshes } from './steps/page.ts'
import { waitForWrite } from './steps/received.ts'
import { open } from './steps/sign-in.ts'

const chips = (page: Page) => page.getByRole('list', { name: 'Search terms' })
const notes = (page: Page) => page.getByRole('status', { name: 'Search notes' })
const options = (page: Page) => page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option')
const queryOf = (page: Page) => new URL(page.url()).searchParams.get('q')

test.use({
  wanted: {
    machines: [
      { name: 'web1', power_on: true, cores: 4, memory: 4096, hardware_profile: 'virtio2013' },
      { name: 'web2', power_on: true, cores: 2, memory: 1536, hardware_profile: 'virtio2012' },
      { name: 'db1', cores: 8, memory: 16384, hardware_profile: 'virtio2013' },
      { name: 'db2', cores: 1, memory: 1024, hardware_profile: 'compatibility2013' },
      { name: 'old1', deleted: true },
    ],
  },
})

test('finds machines by fields, comparisons, minus and quotes @long', async ({ page, account, bigv }) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(4)
  await pauseRefreshes(page)
  const { head, nics } = await bigv.machine(account.machine('web1').id)
  const found = async (text: string, names: string[]) => {
    await searchBox(page).fill(text)
    await expect(machineLinks(page), text).toHaveText(names)
  }
  await found('is:running', ['web1', 'web2'])
  await found('-is:stopped cores>=4', ['web1'])
  await found('cores>=4 memory<=4GiB', ['web1'])
  await found('memory<1.5GiB', ['db2'])
  await found('memory=1536MiB', ['web2'])
  await found('profile:virtio2013', ['db1', 'web1'])
  await found('profile:virtio* -web', ['db1'])
  await found(
    `head:${head}`,
    (await bigv.machine(account.machine('web2').id)).head === head ? ['web1', 'web2'] : ['web1'],
  )
  await found('-head:*', ['db1', 'db2'])
  // By each of its addresses, in any notation.
  const [ipv4 = 'none', ipv6 = 'none'] = nics[0]?.ips ?? []
  const mac = nics[0]?.mac ?? 'none'
  for (const text of [
    ipv4,
    ipv6,
    `[${ipv6.toUpperCase()}]`,
    `ip:${ipv6}`,
    mac.replaceAll(':', '-'),
    `mac:${mac}`,
  ])
    await found(text, ['web1'])
  // By what its page shows of its hardware, disc and settings.
  await found('compatibility2013', ['db2'])
  await found('disc>200GiB', [])
  await found(`id:${account.machine('db1').id} grade:* locked:no autoreboot:off`, ['db1'])
  await found('waiting', [])
  await found('is:waiting', [])
  await found('group:default "db"', ['db1', 'db2'])
  await found('group:staging', [])
  await expect(page.getByText('No machine matches “group:staging”.')).toBeVisible()
  await expect(notes(page)).toHaveText('No machine here is in the group “staging”.')
  await expect.poll(() => listReads(bigv, account)).toHaveLength(1)

  await test.step('says why a term is ignored, and applies the others', async () => {
    await found('colour:red cores>=x db', ['db1', 'db2'])
    await expect(notes(page)).toContainText('colour:red is ignored: No field “colour”')
    await expect(notes(page)).toContainText('cores>=x is ignored: Enter a whole number, such as cores>=4.')
    await expect(notes(page)).toContainText('The other terms still apply.')
    await check(page, 'ignored terms')
  })

  await test.step('shows deleted machines as long as the search asks for them', async () => {
    await found('is:deleted', ['old1'])
    await expect(page).toHaveURL(`${listPath(account)}?q=is%3Adeleted`)
    await found('web', ['web1', 'web2'])
    await expect(page).toHaveURL(`${listPath(account)}?q=web`)
    await expect.poll(() => listReads(bigv, account)).toHaveLength(1)
  })
  await test.step('finds a machine by its action while that is running', async () => {
    await bigv.pauseTime()
    await found('is:changing', [])
    await searchBox(page).fill('db2')
    await page.getByRole('button', { name: 'Actions for db2' }).click()
    await page.getByRole('menuitem', { name: LABELS.start, exact: true }).click()
    await expect(page.getByRole('row').filter({ hasText: 'Starting…' })).toBeVisible()
    await found('is:changing', ['db2'])
    await found('is:starting -is:stopped', ['db2'])
    await found('is:stopped', ['db1'])
    await searchBox(page).fill('is:changing')
    await waitForWrite(bigv)
    await bigv.advance(10_000)
    await expect(machineLinks(page)).toHaveCount(0)
  })
})

test('suggests fields and values, and shows active terms as chips', async ({ page, account }) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(4)
  await page.keyboard.press('/')
  await expect(searchBox(page)).toHaveAttribute('aria-expanded', 'false')
  // A word that could be a field stays a word unless the user chooses the field.
  await page.keyboard.type('pro')
  await expect(options(page)).toHaveText([/^profile:/])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(searchBox(page)).toHaveValue('profile:')
  await expect(options(page)).toHaveText([
    /^profile:compatibility2013\s*1 machine$/,
    /^profile:virtio2012\s*1 machine$/,
    /^profile:virtio2013\s*2 machines$/,
  ])
  await page.keyboard.type('vir')
  await expect(options(page)).toHaveCount(2)
  await page.keyboard.press('ArrowDown')
  const active = await searchBox(page).getAttribute('aria-activedescendant')
  await expect(options(page).nth(1)).toHaveAttribute('id', active ?? '')
  await expect(options(page).nth(1)).toHaveAttribute('aria-selected', 'true')
  await check(page, 'the suggestions', 'main')
  await page.keyboard.press('Tab')
  await expect(searchBox(page)).toHaveValue('profile:virtio2013 ')
  await expect(searchBox(page)).toBeFocused()
  await page.keyboard.type('-is:s')
  await options(page).filter({ hasText: 'is:stopped' }).click()
  await expect(searchBox(page)).toHaveValue('profile:virtio2013 -is:stopped ')
  await expect(machineLinks(page)).toHaveText(['web1'])
  await expect.poll(() => queryOf(page)).toBe('profile:virtio2013 -is:stopped ')
  const historyLength = await page.evaluate(() => history.length)

  await expect(chips(page).getByRole('button')).toHaveText(['profile:virtio2013', '-is:stopped', 'Clear all'])
  await page.getByRole('button', { name: 'Remove -is:stopped' }).click()
  await expect(searchBox(page)).toHaveValue('profile:virtio2013')
  await expect(machineLinks(page)).toHaveText(['db1', 'web1'])
  await expect.poll(() => queryOf(page)).toBe('profile:virtio2013')
  expect(await page.evaluate(() => history.length)).toBe(historyLength)
})

test('moves no row when search terms or notes appear or disappear', async ({ page, account }) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(4)
  const top = async () => (await machineLinks(page).first().boundingBox())?.y
  const before = await top()
  await searchBox(page).fill('is:stopped -name:nobody group:default name:nothing* cores>=x')
  await expect(chips(page).getByRole('button', { name: /^Remove/ })).toHaveCount(5)
  await expect(notes(page)).toContainText('cores>=x is ignored')
  await searchBox(page).fill('is:stopped cores>=x')
  await expect(chips(page).getByRole('button', { name: /^Remove/ })).toHaveCount(2)
  expect(await top()).toBe(before)
  await searchBox(page).fill('')
  await expect(chips(page)).toBeHidden()
  expect(await top()).toBe(before)
})

test('leaves the rows beside a floating search note clickable @long', async ({ page, account }) => {
  await page.setViewportSize({ width: 1280, height: 300 })
  await open(page, account)
  await searchBox(page).fill('-name:nobody cores>=x')
  await expect(notes(page)).toContainText('cores>=x is ignored')
  const note = await notes(page).getByText('cores>=x is ignored').boundingBox()
  const beside = await page.evaluate(
    (y) => document.elementFromPoint(1100, y)?.closest('[role=row]')?.textContent ?? 'no row',
    (note?.y ?? 0) + 4,
  )
  expect(beside).toMatch(/db|web/)
})

test('saves searches by name, and shows the search help @long', async ({ page, account }) => {
  await open(page, account, `${listPath(account)}?q=profile:virtio2013`)
  await expect(machineLinks(page)).toHaveText(['db1', 'web1'])
  await page.getByRole('button', { name: 'Saved searches' }).click()
  await page.getByRole('menuitem', { name: 'Save as…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Saved searches' })
  await dialog.getByLabel('Name').fill('New hardware')
  await check(page, 'saving a search', DIALOG)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: 'Remove profile:virtio2013' }).click()
  await expect(machineLinks(page)).toHaveCount(4)
  await page.reload()
  await page.getByRole('button', { name: 'Saved searches' }).click()
  await page.getByRole('menuitem', { name: 'New hardware' }).click()
  await expect(searchBox(page)).toHaveValue('profile:virtio2013')
  await expect(machineLinks(page)).toHaveText(['db1', 'web1'])
  await page.getByRole('button', { name: 'Saved searches' }).click()
  await page.getByRole('menuitem', { name: 'Manage saved searches…' }).click()
  await dialog.getByRole('button', { name: 'Remove New hardware' }).click()
  await expect(dialog.getByText('New hardware')).toBeHidden()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'How to search' }).click()
  await expect(page.getByRole('dialog', { name: 'How to search' })).toContainText('memory<2GiB')
  await check(page, 'the help', DIALOG)
})
