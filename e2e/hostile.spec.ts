import type { Locator } from '@playwright/test'
import { listPath } from './account.ts'
import { expect, type Page, test } from './fixtures.ts'
import { LABELS } from './labels.ts'
import { chooseBulk, selectionBar } from './steps/list.ts'
import { dialogNamed, expectPage, pageHeading, press, toast } from './steps/page.ts'
import { openPalette, paletteEntries } from './steps/palette.ts'
import { open } from './steps/sign-in.ts'
import { next } from './wizard.ts'

// Texts with which BigV, or anyone who names things in it, could run scripts or break the page.
const MARKUP = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>'
const BIDI = '\u202Egnp.exe\u2066'
/** How the dashboard shows BIDI: characters that change the direction by their number, all others unchanged. */
const SHOWN = '<U+202E>gnp.exe<U+2066>'
const REVERSING = '\u202Ewww1'
const HEBREW = ['אב1', 'גד2']
const LONG = 'x'.repeat(10_000)
const EMPTY = 'w'.repeat(200)
const GROUP = `${MARKUP}'"&/..%2e`
const TEXTS = [MARKUP, `${BIDI}${LONG}`, '__proto__', 'constructor', '']

/** A machine's tabs, each with a text that shows it has loaded. */
const TABS = [
  ['overview', 'Hostname'],
  ['discs', 'Add disc'],
  ['network', 'MAC'],
  ['keys', 'Record'],
  ['privileges', 'Grant privilege'],
  ['settings', 'Name and group'],
] as const

const names = (id: string) => ({ id, data: TEXTS })
const descriptions = (id: string) => ({ id, data: Object.fromEntries(TEXTS.map((text) => [text, text])) })

/** Hostile definitions in BigV's format. */
const DEFINITIONS = {
  kind: 'status',
  status: 200,
  times: null,
  match: { path: '^/definitions' },
  body: [
    ...[
      'distributions',
      'storage_grades',
      'hardware_profiles',
      'keymaps',
      'zone_names',
      'sendkeys',
      '__proto__',
    ].map(names),
    ...['distribution_descriptions', 'storage_grade_descriptions'].map(descriptions),
  ],
} as const

test.use({
  viewport: { width: 360, height: 700 },
  wanted: {
    groups: [GROUP, LONG, EMPTY],
    machines: [
      {
        name: `${MARKUP}${BIDI}`,
        group: GROUP,
        cdrom_url: 'javascript:window.owned=1',
        keymap: MARKUP,
        hardware_profile: LONG,
        zone_name: BIDI,
        cores: -1,
        memory: 1e300,
        discs: [
          { label: MARKUP, size: -1 },
          { label: LONG, size: 1e300 },
        ],
      },
      { name: LONG, group: GROUP, power_on: true, discs: [{ label: LONG, size: 1_000 }] },
      { name: REVERSING, group: GROUP, discs: [{ label: 'vda', size: 1_000 }] },
      ...HEBREW.map((name) => ({ name, group: GROUP })),
    ],
  },
})

/** Goes to another page without reloading the dashboard. */
async function goTo(page: Page, path: string) {
  await page.evaluate((address) => {
    history.pushState(null, '', address)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  await expect(pageHeading(page)).toBeVisible()
  await expect(page.getByText(/Loading/)).toHaveCount(0)
}

async function expectIntact(page: Page, what: string) {
  const buttons = page.locator('[role$=dialog] footer button')
  for (const button of await buttons.all()) await expect(button, what).toBeInViewport({ ratio: 1 })
  const found = await page.evaluate(() => ({
    owned: 'owned' in window,
    elements: document.querySelectorAll('img, [onerror], [href^="javascript" i], #root script').length,
    width: document.documentElement.scrollWidth,
    wide: [...document.querySelectorAll('[role$=dialog] *, form *')].filter(
      (element) =>
        element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX === 'auto',
    ).length,
  }))
  expect(found, what).toEqual({ owned: false, elements: 0, width: 360, wide: 0 })
}

/** Expects that the words before a name are shown before it, and those after it, after it. */
async function expectWordOrder(words: Locator, name: string) {
  const order = await words.evaluate((element, name) => {
    const places: [Node, number][] = []
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode())
      for (let at = 0; at < (text.nodeValue ?? '').length; at++) places.push([text, at])
    const written = places.map(([text, at]) => text.nodeValue?.[at]).join('')
    const rects = (from: number, to: number) => {
      if (from === to) return []
      const range = new Range()
      range.setStart(...(places[from] ?? [element, 0]))
      const [text, at] = places[to - 1] ?? [element, 0]
      range.setEnd(text, at + 1)
      return [...range.getClientRects()]
    }
    const from = written.indexOf(name)
    const to = from + name.length
    const follows = (from: number, at: number, to: number) =>
      rects(from, at).every((a) => rects(at, to).every((b) => a.bottom <= b.top + 1 || a.right <= b.left + 1))
    return {
      is: from >= 0 && name.length < places.length,
      before: follows(0, from, to),
      behind: follows(from, to, places.length),
    }
  }, name)
  expect(order).toEqual({ is: true, before: true, behind: true })
}

test('shows markup, bidi characters and 10 kB names as text that fits on a phone', async ({
  page,
  account,
  bigv,
}) => {
  const list = listPath(account, encodeURIComponent(GROUP))
  await bigv.addFault(DEFINITIONS)
  await open(page, account, list)
  const [bad, long] = [account.machine(0), account.machine(1)]
  await expect(page.getByRole('link', { name: `${MARKUP}${SHOWN}` })).toBeVisible()
  await expectPage(page, GROUP)
  await expectIntact(page, 'the list')
  for (const machine of [bad, long]) {
    for (const [tab, has] of TABS) {
      await goTo(page, `${list}/${machine.id}?tab=${tab}`)
      await expect(page.getByRole('main').getByText(has).first()).toBeVisible()
      await expectIntact(page, `${tab} of ${machine.name.slice(0, 5)}`)
    }
  }
  const places = [
    [listPath(account, EMPTY), 'has no machines.'],
    [`${list}?q=${EMPTY}`, 'No machine matches'],
    [`/accounts/${account.account}/groups/${EMPTY}/vm_create`, 'Machine'],
    [`/accounts/${account.account}/groups/${EMPTY}/privileges`, 'No privileges on'],
  ] as const
  for (const [path, has] of places) {
    await goTo(page, path)
    await expect(page.getByRole('main').getByText(has).first()).toBeVisible()
    await expectIntact(page, has)
  }
  await goTo(page, `${list}/${bad.id}`)
  await expect(page.getByText('javascript:window.owned=1')).toBeVisible()

  // BigV's error messages are text, too.
  await bigv.failNext(account, 'PUT', {
    kind: 'status',
    status: 400,
    body: { [MARKUP]: [`${MARKUP}${BIDI}`, 'y'.repeat(5_000)] },
  })
  await page.getByRole('button', { name: LABELS.start, exact: true }).click()
  await expect(toast(page, ': refused')).toContainText(`${MARKUP}${SHOWN}`)
  await expectIntact(page, 'a refused action')
  for (const [path, what] of [
    [`/accounts/${account.account}`, 'the account'],
    [`/accounts/${account.account}/virtual_machines`, 'all groups'],
    ['/platform', 'the platform'],
    ['/activity', 'the activity'],
    ['/privileges', 'the privileges'],
    [`/accounts/${account.account}/groups/${encodeURIComponent(GROUP)}/vm_create`, 'the wizard'],
  ] as const) {
    await goTo(page, path)
    await expectIntact(page, what)
  }
  await bigv.addFault({
    kind: 'status',
    status: 400,
    body: `Sorry, ${MARKUP}${BIDI}${LONG}`,
    match: { path: 'nowhere/virtual_machines$' },
  })
  await goTo(page, listPath(account, 'nowhere'))
  await expect(page.getByRole('alert')).toContainText(`${MARKUP}${SHOWN}`)
  await expectIntact(page, 'a list that failed to load')
})

test('shows hostile names as text in dialogs, and accepts them when typed to confirm @long', async ({
  page,
  account,
  bigv,
}) => {
  const group = `/accounts/${account.account}/groups/${encodeURIComponent(GROUP)}`
  const list = `${group}/virtual_machines`
  const dialog = dialogNamed(page)
  const main = page.getByRole('main')
  await bigv.addFault(DEFINITIONS)
  const [long, reversing] = [account.machine(1), account.machine(REVERSING)]
  const openAndClose = async (
    tab: string,
    button: RegExp,
    whileOpen: () => Promise<void> = async () => {},
  ) => {
    await goTo(page, `${list}/${tab}`)
    await main.getByRole('button', { name: button }).first().click()
    await expect(dialog).toBeVisible()
    await expectIntact(page, `${tab}: ${button.source}`)
    await whileOpen()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }

  await open(page, account, `${group}/vm_create`)
  await page.getByLabel('Name').fill('web1')
  await next(page, 'Image')
  await expectIntact(page, 'the image of a new machine')
  await page.getByRole('radio', { name: MARKUP, exact: true }).check()
  await next(page, 'Discs')
  await expect(page.getByRole('combobox', { name: 'Storage grade' })).toContainText(MARKUP)
  await expectIntact(page, 'the discs of a new machine')
  await next(page, 'Review')
  await expectIntact(page, 'the review of a new machine')

  await openAndClose(`${long.id}?tab=discs`, /^Purge /)
  await openAndClose(`${long.id}?tab=discs`, /^Change /)
  await openAndClose(`${long.id}?tab=network`, /^Swap addresses/)
  await openAndClose(`${long.id}?tab=settings`, /^Re-image/)
  const shownName = '<U+202E>www1'
  await openAndClose(`${reversing.id}?tab=settings`, /^Re-image/, async () => {
    await expectWordOrder(page.getByRole('heading', { name: LABELS.reimage }), shownName)
  })

  await goTo(page, list)
  // A phone has no header row: the bar of the first selected machine selects the others.
  await page
    .getByRole('checkbox', { name: /^Select / })
    .first()
    .check()
  await selectionBar(page)
    .getByRole('button', { name: /^Select all / })
    .click()
  await chooseBulk(page, LABELS.delete)
  await expectIntact(page, 'a bulk run')
  await expectWordOrder(dialog.getByText(`, ${HEBREW[0]}, ${HEBREW[1]}`), HEBREW[0] ?? '')
  await page.keyboard.press('Escape')
  await openPalette(page)
  await page.keyboard.type('www')
  await expect(paletteEntries(page).filter({ hasText: shownName }).first()).toBeVisible()
  await expectIntact(page, 'the palette')
  await page.keyboard.press('Escape')

  await goTo(page, `${list}/${reversing.id}`)
  await press(page, LABELS.delete)
  await dialog.getByRole('button', { name: LABELS.delete, exact: true }).click()
  await expectWordOrder(toast(page, 'deleted; you can undelete it'), shownName)
  await press(page, LABELS.purge)
  await expectWordOrder(page.getByText(/^Type .* to confirm$/), shownName)
  const purge = dialog.getByRole('button', { name: LABELS.purge })
  await expect(purge).toHaveAccessibleDescription(`Type the machine’s name, ${shownName}, to confirm.`)
  await dialog.getByLabel('to confirm').fill(shownName)
  await purge.click()
  await expect(main.getByRole('status').filter({ hasText: `${shownName} was purged` })).toBeVisible()
  await expectIntact(page, 'a purged machine')
  await goTo(page, `${list}/nothing`)
  await expect(main.getByRole('link', { name: /^All machines of/ })).toBeVisible()
  await expectIntact(page, 'no such machine')
})
