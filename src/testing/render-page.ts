import { QueryClientProvider } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { createElement } from 'react'
import { prerender } from 'react-dom/static'
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router'
import { vi } from 'vitest'
import { accountQueries } from '../api/accounts.ts'
import { privilegeQueries } from '../api/privileges.ts'
import { queryClient } from '../api/query-client.ts'
import { answerAll } from '../api/testing/answered.ts'
import { CALLS } from '../api/testing/calls.ts'
import { mutated } from '../api/testing/hostile.ts'
import { machineQueries } from '../api/virtual-machines.ts'

export const REF = { account: 'acme', group: 'default' }

const READS = CALLS.filter(({ sends }) => sends.startsWith('GET'))

/** BigV's answer to each request, by "GET /accounts/acme". */
export type Answers = Record<string, unknown>

/** Good answers, and answers in which anything may be different. */
export const goodAnswers: Answers = Object.fromEntries(READS.map(({ sends, good }) => [sends, good]))
export const anyAnswers = fc.record(
  Object.fromEntries(READS.map(({ sends, good }) => [sends, mutated(good)])),
)

/** Characters that are invisible, or turn the words around them. */
export const INVISIBLE = /\p{Cf}|(?!\s)\p{Cc}/u

/** What a page shows or a screen reader reads out; the values of fields are as BigV has them. */
export const textsOf = (html: string): string =>
  html.replaceAll(/ (?:value|href)="[^"]*"|(?<=<textarea[^>]*>)[^<]*/g, '')

let given: Answers = {}

/** As much of a browser as rendering a page needs. */
export function stubBrowser(): void {
  const stored = new Map<string, string>()
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  vi.stubGlobal('location', new URL('http://localhost/'))
  vi.stubGlobal('window', { addEventListener() {} })
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('scrollY', 0)
  vi.stubGlobal('innerHeight', 800)
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  })
  // Privileges are fetched per account, group and machine.
  answerAll((path) => given[`GET ${path}`] ?? (path.endsWith('/privileges') && given['GET /privileges']))
  vi.stubGlobal('navigator', { onLine: true, userAgent: '' })
}

/** Fills the cache with everything, from these answers. */
export async function fetchAll(answers: Answers): Promise<void> {
  given = answers
  queryClient.clear()
  await Promise.allSettled([
    ...READS.map(({ makes }) => makes()),
    queryClient.query(machineQueries.list(REF, false)),
    queryClient.query(accountQueries.overview('acme')),
    queryClient.query(privilegeQueries.on({ account: 'acme' })),
    queryClient.query(privilegeQueries.on(REF)),
  ])
}

/** The page of an address as HTML, with what it loads lazily; throws when one of its components has thrown. */
export async function renderPage(routes: RouteObject[], address: string): Promise<string> {
  const router = createMemoryRouter(routes, { initialEntries: [address] })
  if (!router.state.initialized)
    await new Promise<void>((resolve) => void router.subscribe(({ initialized }) => initialized && resolve()))
  const page = createElement(
    QueryClientProvider,
    { client: queryClient },
    createElement(RouterProvider, { router }),
  )
  const thrown: unknown[] = []
  const { prelude } = await prerender(page, { onError: (error) => void thrown.push(error) })
  router.dispose()
  if (thrown.length > 0) throw new Error(address, { cause: thrown[0] })
  return await new Response(prelude).text()
}
