import { QueryClientProvider } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
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

/** Has every request answered from what `fetchAll` was given. */
export function answerFromGiven(): void {
  // React then says what it has not finished, and does not wait before it shows what was loaded.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  // Privileges are fetched per account, group and machine.
  answerAll((path) => given[`GET ${path}`] ?? (path.endsWith('/privileges') && given['GET /privileges']))
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
  const note = (error: unknown) => void thrown.push(error)
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container, { onUncaughtError: note, onCaughtError: note })
  await act(async () => root.render(page))
  // A tab's code is loaded when it is shown.
  await act(() => vi.dynamicImportSettled())
  // With the dialogs, which stand beside the page.
  const html = document.body.innerHTML
  await act(async () => root.unmount())
  container.remove()
  router.dispose()
  if (thrown.length > 0) throw new Error(address, { cause: thrown[0] })
  return html
}
