import type { Locator, Request } from '@playwright/test'
import { listPath } from './account.ts'
import { check, MENU } from './axe.ts'
import { listReads } from './bigv.ts'
import { scriptsOf } from './built-files.ts'
import { expect, type Page, test } from './fixtures.ts'
import { inMenu, LABELS } from './labels.ts'
import { MIXED } from './mixed-machines.ts'
import { facet, header, machineLinks, openRowMenu, row, searchBox } from './steps/list.ts'
import { button, expectPage, expectPageWidth } from './steps/page.ts'
import { open } from './steps/sign-in.ts'

/** The scripts that the page requests from now on, and those that have loaded. */
function watchScripts(page: Page) {
  const requested = new Set<string>()
  const loaded = new Set<string>()
  page.on('request', (request) => noteScript(requested, request))
  page.on('requestfinished', (request) => noteScript(loaded, request))
  return { requested, loaded }
}

function noteScript(scripts: Set<string>, request: Request): void {
  const { pathname } = new URL(request.url())
  if (pathname.endsWith('.js')) scripts.add(pathname)
}

/** The modules of a likely next click: a machine’s page, and the confirm dialog of an action. */
const PRELOADED = [
  'src/features/machine/page.tsx',
  'src/components/actions/confirm-dialog.tsx',
  'src/operations/run.ts',
]

test.use({ wanted: MIXED })

test('lists each machine with its attributes and units, web2 before web10 @firefox', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(page).toHaveTitle('default · BigV')
  await expect(page.getByRole('columnheader')).toHaveText([
    '',
    'Name',
    'State',
    'Addresses',
    'Cores',
    'Memory',
    'Profile',
    'Head',
    'Actions',
  ])
  await expect(machineLinks(page)).toHaveText(['Apache', 'db1', 'web2', 'web10'])
  // Four machines and the header. A long list renders only the rows on screen, so aria-rowcount has the total.
  await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', '5')
  for (const [at, name] of ['Name', 'Apache', 'db1', 'web2', 'web10'].entries())
    await expect(page.getByRole('row').filter({ hasText: name })).toHaveAttribute(
      'aria-rowindex',
      `${at + 1}`,
    )
  const [web10, web2, db1] = await Promise.all(account.machines.slice(0, 3).map(({ id }) => bigv.machine(id)))
  const addresses = (vm: typeof web2) => vm?.nics[0]?.ips.join(' ') ?? 'no addresses'
  const cells = (name: string) => row(page, name).getByRole('cell')
  await expect(row(page, 'web10').getByRole('rowheader')).toHaveText('web10')
  await expect(cells('web10')).toHaveText([
    '',
    'Running',
    addresses(web10),
    '1',
    '4 GiB',
    'virtio2013',
    web10?.head ?? '',
    '',
  ])
  await expect(cells('web2')).toHaveText([
    '',
    'Stopped',
    addresses(web2),
    '4',
    '1.5 GiB',
    'compatibility2013',
    '–none',
    '',
  ])
  await expect(cells('db1').nth(4)).toHaveText('512 MiB')
  await expect(cells('db1').nth(2)).toHaveText(addresses(db1))
})

test('shows the number of machines, of matches, and the time of the fetch', async ({ page, account }) => {
  await page.clock.setFixedTime('2026-03-01T14:03:22Z')
  await open(page, account)
  await expect(page.getByText('4 machines', { exact: true })).toBeVisible()
  await expect(page.getByText(/^Updated 14:03:22/)).toBeVisible()
  await searchBox(page).fill('web')
  await expect(page.getByText('2 of 4 machines', { exact: true })).toBeVisible()
})

test('filters by state with one click, and keeps the rest of the search', async ({ page, account, bigv }) => {
  await open(page, account)
  await expect(page.getByRole('group', { name: 'State' }).getByRole('radio')).toHaveCount(5)
  for (const name of ['All 4', 'Running 2', 'Stopped 2', 'Changing 0', 'Deleted 1'])
    await expect(page.getByRole('radio', { name, exact: true })).toBeVisible()
  await expect(facet(page, 'All')).toBeChecked()
  await searchBox(page).fill('web')
  await expect(page.getByText('1 deleted machine matches')).toBeVisible()
  await facet(page, 'Stopped').check()
  await expect(page).toHaveURL(`${listPath(account)}?q=is%3Astopped+web`)
  await expect(machineLinks(page)).toHaveText(['web2'])
  await expect(searchBox(page)).toHaveValue('is:stopped web')
  await check(page, 'the stopped machines')
  // The facet replaces what was typed, and the other way round.
  await searchBox(page).fill('is:running web')
  await expect(facet(page, 'Running')).toBeChecked()
  await facet(page, 'All').check()
  await expect(searchBox(page)).toHaveValue('web')
  await page.getByRole('button', { name: 'Show 1 deleted' }).click()
  await expect(facet(page, 'Deleted')).toBeChecked()
  await expect(machineLinks(page)).toHaveText(['web1'])
  await expect(page.getByText('1 deleted machine', { exact: true })).toBeVisible()
  await page.reload()
  await expect(facet(page, 'Deleted')).toBeChecked()
  await searchBox(page).fill('is:changing')
  await expect(page.getByText('No machine is changing.')).toBeVisible()
  await page.getByRole('button', { name: 'Show all machines' }).click()
  await expect(machineLinks(page)).toHaveCount(4)
  // Deleted machines come with the others.
  await expect
    .poll(async () => new Set((await listReads(bigv, account)).map(({ query }) => query['include_deleted'])))
    .toEqual(new Set(['true']))
})

test('sorts every column both ways, equal values by name, and keeps the sort in the URL @long', async ({
  page,
  account,
  bigv,
}) => {
  await open(page, account)
  await expect(machineLinks(page)).toHaveCount(4)
  const machines = await Promise.all(account.machines.slice(0, 4).map(({ id }) => bigv.machine(id)))
  const byNumbers = (numbers: (vm: (typeof machines)[number]) => number[]) =>
    machines
      .toSorted((a, b) => {
        const [x, y] = [numbers(a), numbers(b)]
        return x.map((number, place) => number - (y[place] ?? 0)).find((difference) => difference !== 0) ?? 0
      })
      .map(({ name }) => name)
  const byAddress = byNumbers(({ nics }) => nics[0]?.ips[0]?.split('.').map(Number) ?? [])
  const headsUp = machines.filter(({ head }) => head !== null)
  const heads = byNumbers(({ head }) => [Number(head?.slice('head'.length) ?? 0)]).filter((name) =>
    headsUp.some((vm) => vm.name === name),
  )

  const orders: [column: string, key: string, up: string[], down: string[]][] = [
    ['State', 'state', ['db1', 'web10', 'Apache', 'web2'], ['Apache', 'web2', 'db1', 'web10']],
    ['Addresses', 'address', byAddress, byAddress.toReversed()],
    ['Cores', 'cores', ['db1', 'web10', 'web2', 'Apache'], ['Apache', 'web2', 'db1', 'web10']],
    ['Memory', 'memory', ['db1', 'web2', 'web10', 'Apache'], ['Apache', 'web10', 'web2', 'db1']],
    ['Profile', 'hardware_profile', ['web2', 'db1', 'Apache', 'web10'], ['Apache', 'web10', 'db1', 'web2']],
    // A stopped machine has no head, and comes last in both directions.
    ['Head', 'head', [...heads, 'Apache', 'web2'], [...heads.toReversed(), 'Apache', 'web2']],
    ['Name', 'name', ['Apache', 'db1', 'web2', 'web10'], ['web10', 'web2', 'db1', 'Apache']],
  ]
  await expect(header(page, 'Name')).toHaveAttribute('aria-sort', 'ascending')
  for (const [column, key, up, down] of orders) {
    await header(page, column).getByRole('button').click()
    await expect(machineLinks(page)).toHaveText(up)
    await expect(header(page, column)).toHaveAttribute('aria-sort', 'ascending')
    await expect(page.locator('[aria-sort]')).toHaveCount(1)
    await expect(page).toHaveURL(key === 'name' ? listPath(account) : `${listPath(account)}?sort=${key}`)
    await header(page, column).getByRole('button').click()
    await expect(machineLinks(page)).toHaveText(down)
    await expect(header(page, column)).toHaveAttribute('aria-sort', 'descending')
    await expect(page).toHaveURL(`${listPath(account)}?sort=-${key}`)
  }
})

test('switches groups in the sidebar, and in a menu on a phone', async ({ page, account }) => {
  await open(page, account)
  const sidebar = page.getByRole('navigation', { name: 'Groups' })
  await expect(sidebar.getByRole('link')).toHaveText(['default', 'empty', 'staging'])
  await expect(sidebar.getByRole('link', { name: 'default' })).toHaveAccessibleDescription('2 of 4 on')
  await expect(sidebar.getByRole('link', { name: 'staging' })).toHaveAccessibleDescription('0 of 1 on')
  await expect(page.getByRole('link', { name: 'All machines' })).toHaveAccessibleDescription('5 in all')
  await expect(sidebar.getByRole('link', { name: 'default' })).toHaveAttribute('aria-current', 'page')
  await sidebar.getByRole('link', { name: 'staging' }).click()
  await expectPage(page, 'staging')
  await expect(machineLinks(page)).toHaveText(['try1'])
  await expect(page.getByText('1 machine', { exact: true })).toBeVisible()

  await page.setViewportSize({ width: 360, height: 740 })
  await expect(sidebar).toBeHidden()
  await page.getByRole('button', { name: 'Groups' }).click()
  const menu = page.getByRole('menu', { name: 'Groups' })
  await expect(menu.getByRole('menuitem', { name: 'staging' })).toHaveAttribute('aria-current', 'page')
  await menu.getByRole('menuitem', { name: 'default' }).click()
  await expect(machineLinks(page)).toHaveText(['Apache', 'db1', 'web2', 'web10'])
  await expect(row(page, 'web10')).toContainText('Running')
  await expectPageWidth(page, 360)
  await page.getByRole('button', { name: 'Groups' }).click()
  await check(page, 'the groups menu', MENU)
})

const topOf = async (locator: Locator) => Math.round((await locator.boundingBox())?.y ?? NaN)

test('fits a phone of 360 px: title, search, facets and a sort menu, and no header row', async ({
  page,
  account,
}) => {
  await page.setViewportSize({ width: 360, height: 780 })
  await open(page, account)
  await expect(machineLinks(page)).toHaveText(['Apache', 'db1', 'web2', 'web10'])
  const title = await topOf(page.getByRole('heading', { level: 1 }))
  for (const control of [button(page, 'View'), page.getByRole('link', { name: 'Create machine' })])
    expect(Math.abs((await topOf(control)) - title)).toBeLessThan(16)
  for (const name of ['All 4', 'Running 2', 'Stopped 2', 'Changing 0', 'Deleted 1'])
    await expect(page.getByRole('radio', { name, exact: true })).toBeInViewport({ ratio: 1 })
  await expectPageWidth(page, 360)
  await expect(page.getByRole('columnheader')).toHaveCount(0)
  await button(page, 'Sort: Name, ascending').click()
  await page.getByRole('menuitemradio', { name: 'Cores' }).click()
  await expect(machineLinks(page)).toHaveText(['db1', 'web10', 'web2', 'Apache'])
  await button(page, 'Sort: Cores, ascending').click()
  await page.getByRole('menuitemradio', { name: 'Descending' }).click()
  await expect(machineLinks(page)).toHaveText(['Apache', 'web2', 'db1', 'web10'])
  await expect(page).toHaveURL(`${listPath(account)}?sort=-cores`)
  await button(page, 'Sort: Cores, descending').click()
  await check(page, 'the sort menu of a phone')
})

test('says that a group is empty and links to creating the first machine @long', async ({
  page,
  account,
}) => {
  await open(page, account, listPath(account, 'empty'))
  await expect(page.getByText('empty has no machines.')).toBeVisible()
  await expect(page.getByText('0 machines', { exact: true })).toBeVisible()
  await check(page, 'an empty group', 'main')
  await expect(page.getByRole('link', { name: 'Create the first machine' })).toHaveAttribute(
    'href',
    `/accounts/${account.account}/groups/empty/vm_create`,
  )
})

test('offers in a row’s menu only what is possible now', async ({ page, account }) => {
  await open(page, account)
  const menu = await openRowMenu(page, 'web2')
  await expect(menu.getByRole('menuitem')).toHaveText([
    LABELS.start,
    inMenu(LABELS.reimage),
    'Rescue…',
    'Move to group…',
    'Duplicate',
    /^Copy address/,
    /^Copy 2001:/,
    /^Copy ssh/,
    inMenu(LABELS.delete),
  ])
  await page.keyboard.press('Escape')
  await expect(button(page, 'Actions for web2')).toBeFocused()
  const ofRunning = await openRowMenu(page, 'web10')
  await expect(ofRunning.getByRole('menuitem', { name: inMenu(LABELS.shutDown), exact: true })).toBeVisible()
  await expect(ofRunning.getByRole('menuitem', { name: LABELS.start, exact: true })).toBeHidden()
  const forced = ofRunning.getByRole('group', { name: 'Forced (unsaved data is lost)' })
  await expect(forced.getByRole('menuitem')).toHaveText(
    [LABELS.stop, LABELS.reboot, LABELS.reset].map(inMenu),
  )
  await check(page, 'a row’s menu', MENU)
})

test('preloads the scripts of a row’s menu and of a machine’s page', async ({ page, account, bigv }) => {
  await bigv.pauseTime()
  const { requested, loaded } = watchScripts(page)
  await open(page, account)
  await expect.poll(() => scriptsOf(PRELOADED).filter((script) => !loaded.has(`/${script}`))).toEqual([])
  await expect.poll(() => [...requested].filter((script) => !loaded.has(script))).toEqual([])
  const before = [...requested]
  await expect(await openRowMenu(page, 'web2')).toBeVisible()
  await page.keyboard.press('Escape')
  await row(page, 'web2').getByRole('link').click()
  await expectPage(page, 'web2')
  await button(page, LABELS.start).click()
  await expect(page.getByText('Starting…', { exact: true })).toBeVisible()
  expect([...requested]).toEqual(before)
})

test('keeps the input, the focus and an open menu during a refresh', async ({ page, account, bigv }) => {
  await page.clock.install()
  await open(page, account)
  await searchBox(page).fill('web')
  await expect(machineLinks(page)).toHaveText(['web2', 'web10'])
  await searchBox(page).press('Home')
  await searchBox(page).press('ArrowRight')
  await bigv.setMachine(account.machine('web10').id, { power_on: false })
  await page.clock.fastForward(10_000)
  await expect(row(page, 'web10')).toContainText('Stopped')
  await expect(searchBox(page)).toBeFocused()
  await expect(searchBox(page)).toHaveValue('web')
  expect(await searchBox(page).evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(1)

  await page.getByRole('button', { name: 'Actions for web10' }).click()
  const item = page.getByRole('menuitem', { name: LABELS.start })
  await expect(item).toBeFocused()
  await bigv.setMachine(account.machine('web10').id, { power_on: true })
  await page.clock.fastForward(10_000)
  await expect(row(page, 'web10')).toContainText('Running')
  await expect(item).toBeFocused()
  await expect(item).toHaveAccessibleDescription('Already running.')
})

test.describe('a machine that BigV has not turned back on', () => {
  test.use({
    frozen: true,
    wanted: { machines: [{ name: 'web1', autoreboot_on: true }, { name: 'web2' }] },
  })

  test('is tagged “should be on” once it has been seen off for more than a minute', async ({
    page,
    account,
    bigv,
  }) => {
    await page.clock.install()
    await open(page, account)
    const tag = row(page, 'web1').getByText('should be on')
    await expect(row(page, 'web1')).toContainText('Restarting')
    await bigv.setMachine(account.machine('web2').id, { power_on: true })
    await page.clock.fastForward(10_000)
    await expect(row(page, 'web2')).toContainText('Running')
    await page.clock.runFor(35_000)
    await expect(tag).toBeHidden()
    await page.clock.runFor(20_000)
    await expect(tag).toBeVisible()
    await expect(row(page, 'web2')).not.toContainText('should be on')
  })
})
