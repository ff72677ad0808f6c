import { expect, test, type Page } from './fixtures.ts'
import { listPath, open } from './steps.ts'

// What BigV, or whoever may name things in it, would like to have run, or to break the page with.
const MARKUP = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>'
const BIDI = '\u202Egnp.exe\u2066'
/** How it is shown: as it is, in its order. */
const SEEN = '<U+202E>gnp.exe<U+2066>'
const LONG = 'x'.repeat(10_000)
const GROUP = `${MARKUP}'"&/..%2e`
const TEXTS = [MARKUP, `${BIDI}${LONG}`, '__proto__', 'constructor', '']

/** The tabs of a machine, each with something that is on it once it is there. */
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

test.use({
  viewport: { width: 360, height: 700 },
  wanted: {
    groups: [GROUP, LONG],
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
      { name: LONG, group: GROUP, power_on: true, deleted: false },
    ],
  },
})

/** Goes to another page without loading the dashboard anew. */
async function goTo(page: Page, path: string) {
  await page.evaluate((address) => {
    history.pushState(null, '', address)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText(/being read|Loading/)).toBeHidden()
}

async function isWhole(page: Page, what: string) {
  const found = await page.evaluate(() => ({
    owned: 'owned' in window,
    elements: document.querySelectorAll('img, [onerror], [href^="javascript" i], #root script').length,
    width: document.documentElement.scrollWidth,
  }))
  expect(found, what).toEqual({ owned: false, elements: 0, width: 360 })
}

test('names, labels, addresses, definitions and errors full of markup, bidi and 10 kB are text, and fit on a phone', async ({
  page,
  account,
  bigv,
}) => {
  test.slow()
  const list = listPath(account, encodeURIComponent(GROUP))
  await bigv.addFault({
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
  })
  await open(page, account, list)
  const [bad, long] = account.machines
  await expect(page.getByRole('link', { name: `${MARKUP}${SEEN}` })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(GROUP)
  await isWhole(page, 'the list')
  for (const machine of [bad, long]) {
    for (const [tab, has] of TABS) {
      await goTo(page, `${list}/${machine?.id}?tab=${tab}`)
      await expect(page.getByRole('main').getByText(has).first()).toBeVisible()
      await isWhole(page, `${tab} of ${machine?.name.slice(0, 5)}`)
    }
  }
  await goTo(page, `${list}/${bad?.id}`)
  await expect(page.getByText('javascript:window.owned=1')).toBeVisible()

  // What BigV says of a failure is text, too.
  await bigv.addFault({
    kind: 'status',
    status: 400,
    body: { [MARKUP]: [`${MARKUP}${BIDI}`, 'y'.repeat(5_000)] },
    match: { method: 'PUT', account: account.account },
  })
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByRole('listitem').filter({ hasText: ': refused' })).toContainText(`${MARKUP}${SEEN}`)
  await isWhole(page, 'a refusal')
  for (const [path, what] of [
    [`/accounts/${account.account}`, 'the account'],
    [`/accounts/${account.account}/virtual_machines`, 'all groups'],
    ['/platform', 'the platform'],
    ['/activity', 'the activity'],
    ['/privileges', 'the privileges'],
    [`/accounts/${account.account}/groups/${encodeURIComponent(GROUP)}/vm_create`, 'the wizard'],
  ] as const) {
    await goTo(page, path)
    await isWhole(page, what)
  }
  await bigv.addFault({
    kind: 'status',
    status: 400,
    body: `Sorry, ${MARKUP}${BIDI}${LONG}`,
    match: { path: 'nowhere/virtual_machines$' },
  })
  await goTo(page, listPath(account, 'nowhere'))
  await expect(page.getByRole('alert')).toContainText(`${MARKUP}${SEEN}`)
  await isWhole(page, 'a failure')
})
