// @vitest-environment happy-dom
import * as fc from 'fast-check'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { createElement, type ReactElement } from 'react'
import type { RouteObject } from 'react-router'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { CREDENTIALS } from '../api/testing/calls.ts'
import { hostileText } from '../api/testing/hostile.ts'
import { saveDraft } from '../features/create/form/draft.ts'
import { newDisc, newValues } from '../features/create/form/form-values.ts'
import { putPlan } from '../operations/plan-store.ts'
import { endOperation, putOperation } from '../operations/store.ts'
import { operation, plan } from '../operations/testing/samples.ts'
import { signIn } from '../session/session.ts'
import { DIALOGS, fetchDialogData, WITHOUT_NAMES } from '../testing/dialogs.ts'
import { pagesOf } from '../testing/pages.ts'
import {
  anyAnswers,
  answerRequests,
  fetchAll,
  goodAnswers,
  INVISIBLE,
  REF,
  renderPage,
  textsOf,
} from '../testing/render-page.ts'

// Renders every page and dialog from good answers of BigV and from mutated ones. No page or dialog may throw, or have a
// text that a browser’s translation would break (`bareTexts`).

const LIST = '/accounts/acme/groups/default/virtual_machines'
const PAGES = Object.values(pagesOf('acme', { id: 7, name: 'www1' }))

const EXPECTED_TEXTS = [
  'www1.default.acme.uk0.bigv.io',
  'Add disc',
  'fe:ff:00:00:00:01',
  'How to enter keys',
  'Grant privilege',
  'Name and group',
  'For several machines',
  'boot disc',
  'Search distributions',
  'Change discs',
]

const SRC = path.dirname(import.meta.dirname)

// Each test renders dozens of pages: 5 s on an idle computer, three times that on a busy one.
vi.setConfig({ testTimeout: 60_000 })

let routes: RouteObject[]

beforeAll(async () => {
  answerRequests()
  ;({ routes } = await import('./router.tsx'))
  await (await import('../ui/lazy.tsx')).preloadLazy()
})
beforeEach(() => {
  signIn(CREDENTIALS, false)
  fillWizard('a')
})

/** Every page, from good answers, by its address. Rendered once for all tests, as this takes seconds. */
let goodPages: Promise<Map<string, string>> | undefined
const renderGoodPages = () =>
  (goodPages ??= (async () => {
    await fetchAll(goodAnswers)
    const pages = new Map<string, string>()
    for (const page of PAGES) pages.set(page, await renderPage(routes, page))
    return pages
  })())

/** Every file's dialogs, from good answers. A user has chosen the name a-name-like-any. */
let goodDialogs: Promise<Map<string, string>> | undefined
const renderGoodDialogs = () =>
  (goodDialogs ??= (async () => {
    await fetchAll(goodAnswers)
    const given = await fetchDialogData('a-name-like-any')
    const files = new Map<string, string>()
    for (const [file, dialogs] of Object.entries(DIALOGS)) {
      let html = ''
      for (const dialog of dialogs(given)) html += await renderDialog(dialog)
      files.set(file, html)
    }
    return files
  })())

test('every page renders its content when BigV’s answers are good', async () => {
  const pages = [...(await renderGoodPages()).values()]
  for (const html of pages) expect(html).not.toMatch(/Loading \w|mark-moving"><\/span> Loading/)
  for (const words of EXPECTED_TEXTS) expect(pages.join('')).toContain(words)
})

test('the renderer of these tests fails on a text that a browser’s translation would break', async () => {
  const bare = createElement('p', null, 'beside', createElement('b', null, 'safe'), createElement(BareText))
  await expect(renderDialog(bare)).rejects.toThrow('has bare texts: beside | returned')
})

test('every dialog in the code is rendered by these tests', async () => {
  const files = (await readdir(SRC, { recursive: true })).filter((file) => file.endsWith('.tsx'))
  const opens = await Promise.all(
    files.map(async (file) =>
      /<(?:(?:Form|Action|Resource)?Dialog|Drawer|dialog)\s/.test(
        await readFile(path.join(SRC, file), 'utf8'),
      ),
    ),
  )
  const found = files.filter((_, at) => opens[at]).map((file) => file.replaceAll('\\', '/'))
  expect(found.toSorted()).toEqual([...Object.keys(DIALOGS), ...WITHOUT_NAMES].toSorted())
})

test('every dialog names its subject when BigV’s answers are good', async () => {
  for (const [file, html] of await renderGoodDialogs())
    if (!html.includes('a-name-like-any')) expect(html, file).toMatch(/www1|vm_admin|Activity/)
})

/** The names, addresses and BigV's own words among the good answers and in the filled-in wizard. */
const NAMES = new Set(
  'www1 default acme demo www1.default.acme.uk0.bigv.io 192.0.2.2 2001:db8::2 fe:ff:00:00:00:01 vda sata vm_admin a b web4 disc-1'.split(
    ' ',
  ),
)

test('no page or dialog lets a browser translate a name, an address or one of BigV’s own words', async () => {
  const rendered = [...(await renderGoodPages()), ...(await renderGoodDialogs())]
  const found = rendered.map(([where, html]) => [where, translatable(html)] as const)
  expect(Object.fromEntries(found.filter(([, names]) => names.length > 0))).toEqual({})
})

/** The elements whose whole text is a name that a browser would translate. */
function translatable(html: string): string[] {
  const root = document.createElement('div')
  root.innerHTML = html
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: string[] = []
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
    const { nodeValue, parentElement } = text
    // The keymap may be BigV's default, and the group has that name.
    if (!NAMES.has(nodeValue?.trim() ?? '') || parentElement?.matches('[value=""], dd > .text-muted'))
      continue
    const nearest = parentElement?.closest('title, textarea, [translate]')
    if (!nearest || nearest.getAttribute('translate') === 'yes') found.push(parentElement?.outerHTML ?? '')
  }
  return found
}

test('a machine cannot be moved to a group whose name does not fit in a URL', async () => {
  const groups = ['default', '..', 'web'].map((name, at) => ({ id: at + 2, name, account_id: 1 }))
  await fetchAll({ ...goodAnswers, 'GET /accounts/acme/groups': groups })
  const settings = await renderPage(routes, `${LIST}/7?tab=settings`)
  expect(settings).toContain('<option value="3" disabled="">..</option>')
  expect(settings).toContain('<option value="4">web</option>')
})

test('the keys tab shows the failed request if the key names can’t be loaded', async () => {
  await fetchAll({ ...goodAnswers, 'GET /definitions': 'no list' })
  const keys = await renderPage(routes, `${LIST}/7?tab=keys`)
  expect(keys).toContain('Couldn’t load the key names')
  expect(keys).toContain('GET /definitions')
})

test('names such as constructor and __proto__ are shown like any other', async () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const called = (key: string, value: unknown) => (typeof value === 'string' && key !== 'id' ? name : value)
    const answers = Object.entries(goodAnswers).map(([sends, good]): [string, unknown] => [
      sends,
      JSON.parse(JSON.stringify(good, called)),
    ])
    await fetchAll(Object.fromEntries(answers))
    fillWizard(name)
    for (const page of PAGES)
      expect(await renderPage(routes, page)).not.toMatch(/native code|\[object Object\]/)
  }
})

test(
  'no page or dialog throws or shows invisible characters, whatever BigV answers',
  { timeout: 120_000 },
  async () => {
    await fetchAll(goodAnswers)
    const good = await fetchDialogData('')
    await fc.assert(
      fc.asyncProperty(anyAnswers, hostileText(), async (answers, text) => {
        await fetchAll(answers)
        const any = operation({ key: 'any', action: 'change', note: text })
        putOperation({ ...any, target: { ...any.target, name: text }, expects: { name: text } })
        endOperation('any', 'unclear', text)
        putPlan(
          plan({ note: text, kept: { attributes: { name: text, cores: -1 }, before: {}, movesTo: null } }),
        )
        fillWizard(text)
        const { machine, ...rest } = { ...good, ...(await fetchDialogData(text).catch(() => null)), text }
        const given = { ...rest, machine: { ...machine, vm: { ...machine.vm, name: text } } }
        for (const page of PAGES) expect(textsOf(await renderPage(routes, page))).not.toMatch(INVISIBLE)
        for (const dialogs of Object.values(DIALOGS))
          for (const dialog of dialogs(given))
            expect(textsOf(await renderDialog(dialog))).not.toMatch(INVISIBLE)
      }),
      { numRuns: 6, endOnFailure: true },
    )
  },
)

const BareText = () => 'returned'
const renderDialog = (element: ReactElement) => renderPage([{ path: '*', element }], '/accounts/acme')

/** Fills in all steps of the wizard, with `chosen` for each value that comes from BigV's definitions. */
function fillWizard(chosen: string) {
  saveDraft(REF, {
    ...newValues(),
    name: 'web4',
    hardware_profile: chosen,
    zone_name: chosen,
    keymap: chosen,
    discs: [{ ...newDisc('disc-1'), storage_grade: chosen }],
    distribution: chosen || 'a',
  })
}
