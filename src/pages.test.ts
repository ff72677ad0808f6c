import { QueryClientProvider } from '@tanstack/react-query'
import * as fc from 'fast-check'
import type * as React from 'react'
import { createElement, type ComponentType } from 'react'
import { setImmediate } from 'node:timers/promises'
import { renderToString } from 'react-dom/server'
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { accountQueries } from './api/accounts.ts'
import { privilegeQueries } from './api/privileges.ts'
import { queryClient } from './api/query-client.ts'
import { machineQueries } from './api/virtual-machines.ts'
import { answerAll } from './api/testing/answered.ts'
import { CALLS, CREDENTIALS } from './api/testing/calls.ts'
import { hostileText, mutated } from './api/testing/hostile.ts'
import { endOperation, putOperation } from './operations/store.ts'
import { operation, plan } from './operations/testing/samples.ts'
import { putPlan } from './operations/plans/store.ts'
import { signIn } from './session/session.ts'

// Each page is drawn, as text, from answers of which BigV may have made anything: none throws.

const LIST = '/accounts/acme/groups/default/virtual_machines'
const TABS = ['overview', 'discs', 'network', 'keys', 'privileges', 'settings']
const STEPS = ['machine', 'discs', 'image', 'review']
const PAGES = [
  '/sign-in',
  '/accounts/acme',
  '/accounts/acme/virtual_machines',
  LIST,
  `${LIST}?sort=-address&q=w&deleted=1`,
  ...TABS.map((tab) => `${LIST}/7?tab=${tab}`),
  `${LIST}/www1`,
  ...STEPS.map((step) => `/accounts/acme/groups/default/vm_create?step=${step}`),
  '/accounts/acme/privileges',
  '/accounts/acme/groups/default/privileges',
  '/privileges',
  '/activity',
  '/platform',
  '/keys',
  '/nothing-here',
]

const ON_THEM = [
  'www1.default.acme.uk0.bigv.io',
  'Add disc',
  'fe:ff:00:00:00:01',
  'How to put them together',
  'Grant privilege',
  'Name and group',
  'Several at once',
]

// What is drawn as text has no store of its own to begin from.
vi.mock('react', async (original) => {
  const react = await original<typeof React>()
  return {
    ...react,
    useSyncExternalStore: <T>(subscribe: (listener: () => void) => () => void, get: () => T) =>
      react.useSyncExternalStore(subscribe, get, get),
  }
})

// Nor are there effects, which would load the parts that are drawn.
vi.mock('./ui/part.tsx', () => ({
  part(load: () => Promise<ComponentType<object>>) {
    let loaded: ComponentType<object> | null = null
    return function Part(props: object) {
      if (loaded === null) loading.push(load().then((component) => (loaded = component)))
      return loaded && createElement(loaded, props)
    }
  },
}))
const loading = vi.hoisted((): Promise<unknown>[] => [])

const REF = { account: 'acme', group: 'default' }
const READS = CALLS.filter(({ sends }) => sends.startsWith('GET'))
const answers = fc.record(Object.fromEntries(READS.map(({ sends, good }) => [sends, mutated(good)])))

const UNSEEN = /\p{Cf}|(?!\s)\p{Cc}/u

const NOT_THERE_YET = 'does not support Suspense'

let routes: RouteObject[]
let given: Record<string, unknown> = {}

beforeAll(async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  vi.stubGlobal('location', new URL('http://localhost/'))
  vi.stubGlobal('window', { addEventListener() {} })
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('scrollY', 0)
  vi.stubGlobal('innerHeight', 800)
  // Privileges are read of each place.
  answerAll((path) => given[`GET ${path}`] ?? (path.endsWith('/privileges') && given['GET /privileges']))
  vi.stubGlobal('navigator', { onLine: true, userAgent: '' })
  ;({ routes } = await import('./router.tsx'))
})
beforeEach(() => signIn(CREDENTIALS, false))

test('from good answers, every page has what is to be on it', async () => {
  given = Object.fromEntries(READS.map(({ sends, good }) => [sends, good]))
  await readAll()
  const pages = await Promise.all(PAGES.map(drawn))
  for (const html of pages) expect(html).not.toContain('being read')
  for (const words of ON_THEM) expect(pages.join('')).toContain(words)
})

test('names that every object has are names like any other', async () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const called = (key: string, value: unknown) => (typeof value === 'string' && key !== 'id' ? name : value)
    given = Object.fromEntries(
      READS.map(({ sends, good }) => [sends, JSON.parse(JSON.stringify(good, called))]),
    )
    await readAll()
    for (const page of PAGES) expect(await drawn(page)).not.toMatch(/native code|\[object Object\]/)
  }
})

test(
  'from any answers, no page throws, nor shows what would turn its words around',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(answers, hostileText(), async (fresh, text) => {
        given = fresh
        await readAll()
        const told = operation({ key: 'told', action: 'change', note: text })
        putOperation({ ...told, target: { ...told.target, name: text }, expects: { name: text } })
        endOperation('told', 'unclear', text)
        putPlan(plan({ note: text, patch: { name: text, cores: -1 } }))
        for (const page of PAGES) expect(textsOf(await drawn(page))).not.toMatch(UNSEEN)
      }),
      { numRuns: 6, endOnFailure: true },
    )
  },
)

async function readAll() {
  queryClient.clear()
  await Promise.allSettled([
    ...READS.map(({ makes }) => makes()),
    queryClient.query(machineQueries.list(REF, false)),
    queryClient.query(accountQueries.machines('acme', false)),
    queryClient.query(privilegeQueries.on({ account: 'acme' })),
    queryClient.query(privilegeQueries.on(REF)),
  ])
}

/** What of a page is seen or read aloud; values of fields are as BigV has them. */
const textsOf = (html: string) => html.replaceAll(/ (?:value|href)="[^"]*"|(?<=<textarea[^>]*>)[^<]*/g, '')

/** The page of an address, as text; throws what one of its parts has thrown. */
async function drawn(address: string): Promise<string> {
  const router = createMemoryRouter(routes, { initialEntries: [address] })
  if (!router.state.initialized)
    await new Promise<void>((resolve) => void router.subscribe(({ initialized }) => initialized && resolve()))
  const draw = () =>
    renderToString(
      createElement(QueryClientProvider, { client: queryClient }, createElement(RouterProvider, { router })),
    )
  // What is loaded when it is first drawn is there the next time.
  for (let turns = 0; turns < 100 && (draw().includes(NOT_THERE_YET) || loading.length > 0); turns++) {
    await Promise.all(loading.splice(0))
    await setImmediate()
  }
  const html = draw()
  router.dispose()
  const [, thrown] = /<!--\$!--><template[^>]*data-msg="([^"]*)"/.exec(html) ?? []
  if (thrown !== undefined) throw new Error(`${address}: ${thrown}`)
  return html
}
