// @vitest-environment happy-dom
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { clearOperations, putOperation } from '../operations/store.ts'
import { operation } from '../operations/testing/samples.ts'
import { PageError } from './page-error.tsx'

beforeAll(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  // React Router logs the error that it shows.
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(clearOperations)

let fault = new Error('a fault')

function Broken(): null {
  throw fault
}

/** The text of the error page, after a page has thrown. */
async function errorPage(): Promise<string> {
  const router = createMemoryRouter([{ path: '*', Component: Broken, ErrorBoundary: PageError }])
  const container = document.createElement('div')
  const root = createRoot(container, { onCaughtError: () => {} })
  await act(async () => root.render(createElement(RouterProvider, { router })))
  const text = container.querySelector('[role=alert]')?.textContent ?? ''
  await act(async () => root.unmount())
  router.dispose()
  return text
}

const on = (name: string) => ({ key: name, target: { account: 'acme', group: 'default', id: 7, name } })

test('an error page says nothing about requests if there was no action', async () => {
  expect(await errorPage()).toMatch(
    /^This page failedThe dashboard has a fault, or part of it failed to load\.Details/,
  )
})

test.each([
  ['Chromium', 'Error: a fault\n    at Broken (page.js:1:2)', 'Error: a fault\n    at Broken (page.js:1:2)'],
  ['Firefox and WebKit', 'Broken@page.js:1:2', 'a fault\nBroken@page.js:1:2'],
])('an error page names the error in its details in %s', async (_, stack, details) => {
  fault = Object.assign(new Error('a fault'), { stack })
  expect(await errorPage()).toContain(`Details${details}`)
})

test.each([
  ['checking', 'nothing sent yet'],
  ['sending', 'being sent, no answer yet'],
  ['signing in', 'waits until you sign in again'],
  ['asking', 'waits for your decision'],
  ['waiting', 'sent, result not seen yet'],
] as const)('an error page says what was sent by an action in the phase “%s”', async (phase, words) => {
  putOperation(operation({ ...on('web1'), phase: 'ended', outcome: 'done', endedAt: 1 }))
  putOperation(operation({ ...on('web2'), phase }))
  expect(await errorPage()).toContain(`Still running:Start web2: ${words}All activity`)
})

test('an error page says how the last action ended if none is running', async () => {
  const end = { phase: 'ended', endedAt: new Date().setHours(14, 3, 22, 0) } as const
  putOperation(operation({ ...on('web1'), ...end, outcome: 'done' }))
  putOperation(operation({ ...on('web2'), ...end, outcome: 'unclear', note: 'No answer.' }))
  putOperation(operation({ ...on('web3'), otherTab: true }))
  expect(await errorPage()).toContain(
    'Your last action:Start web2: unclear at 14:03:22. No answer.All activity',
  )
})
