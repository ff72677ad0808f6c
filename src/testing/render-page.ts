import { QueryClientProvider } from '@tanstack/react-query'
import * as fc from 'fast-check'
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router'
import { vi } from 'vitest'
import { privilegeQueries } from '../api/privileges.ts'
import { queryClient } from '../api/query-client.ts'
import { answerAll } from '../api/testing/answered.ts'
import { CALLS } from '../api/testing/calls.ts'
import { mutated } from '../api/testing/hostile.ts'

export const REF = { account: 'acme', group: 'default' }

const GETS = CALLS.filter(({ sends }) => sends.startsWith('GET'))

/** BigV's answers by request: "GET /accounts/acme". */
export type Answers = Record<string, unknown>

/** Valid answers, and answers with any part mutated. */
export const goodAnswers: Answers = Object.fromEntries(GETS.map(({ sends, good }) => [sends, good]))
export const anyAnswers = fc.record(Object.fromEntries(GETS.map(({ sends, good }) => [sends, mutated(good)])))

/** Matches invisible characters and characters that change the direction of the text. */
export const INVISIBLE = /\p{Cf}|(?!\s)\p{Cc}/u

/** The texts of a page, including those for screen readers, but without the values of fields, which stay as BigV sent them. */
export const textsOf = (html: string): string =>
  html.replaceAll(/ (?:value|href)="[^"]*"|(?<=<textarea[^>]*>)[^<]*/g, '')

/**
 * The texts that React keeps as text nodes of their own, so that a browser's translation would break them. React marks these nodes: it
 * changes, moves and removes them one by one. The only text of an element has no mark, as React sets it as the element's content.
 */
function bareTexts(root: Node): string[] {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: string[] = []
  for (let text = texts.nextNode(); text !== null; text = texts.nextNode())
    if (/\S/.test(text.nodeValue ?? '') && Object.keys(text).some((key) => key.startsWith('__reactFiber$')))
      found.push(text.nodeValue ?? '')
  return found
}

let current: Answers = {}

/** Answers every request from the answers of the last `fetchAll`. */
export function answerRequests(): void {
  // Makes React report unfinished updates, and show loaded content without delay.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  // Privileges are fetched per account, group and machine, which all get the same answer here.
  answerAll((path) => current[`GET ${path}`] ?? (path.endsWith('/privileges') && current['GET /privileges']))
}

/** Fetches everything into the cache, from these answers. */
export async function fetchAll(answers: Answers): Promise<void> {
  current = answers
  queryClient.clear()
  await Promise.allSettled([
    ...GETS.map(({ makes }) => makes()),
    queryClient.query(privilegeQueries.on({ account: 'acme' })),
    queryClient.query(privilegeQueries.on(REF)),
  ])
}

/** Renders the page at an address to HTML, including lazy parts. Throws if a component throws, or if a text is bare. */
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
  // Wait for the code of lazy tabs.
  await act(() => vi.dynamicImportSettled())
  // Takes the whole body, because dialogs are rendered outside the container.
  const html = document.body.innerHTML
  const bare = bareTexts(document.body)
  await act(async () => root.unmount())
  container.remove()
  router.dispose()
  if (thrown.length > 0) throw new Error(address, { cause: thrown[0] })
  if (bare.length > 0) throw new Error(`${address} has bare texts: ${bare.join(' | ')}`)
  return html
}
