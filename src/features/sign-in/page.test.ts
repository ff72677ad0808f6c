// @vitest-environment happy-dom
import { QueryClientProvider } from '@tanstack/react-query'
import { act, createElement as h } from 'react'
import { createRoot } from 'react-dom/client'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../api/query-client.ts'
import { answerAll } from '../../api/testing/answered.ts'
import { currentSession, signOut } from '../../session/session.ts'
import { Component } from './page.tsx'

const ACCOUNTS = [
  { id: 7, name: 'acme' },
  { id: 8, name: '7' },
  { id: 9, name: '55' },
]

let root: ReturnType<typeof createRoot>

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  answerAll((path) => {
    const named = path.replace('/accounts/', '')
    return ACCOUNTS.find(({ id, name }) => named === String(id) || named === name) ?? ACCOUNTS
  })
  const router = createMemoryRouter(
    [
      { path: '/sign-in', element: h(Component) },
      { path: '/', element: h('p', null, 'Signed in') },
    ],
    { initialEntries: ['/sign-in'] },
  )
  root = createRoot(document.body.appendChild(document.createElement('div')))
  await act(async () =>
    root.render(h(QueryClientProvider, { client: queryClient }, h(RouterProvider, { router }))),
  )
})
afterEach(async () => {
  await act(async () => root.unmount())
  document.body.replaceChildren()
  signOut()
  queryClient.clear()
  vi.unstubAllGlobals()
})

const text = () => document.body.textContent
const buttons = () => [...document.querySelectorAll('button')]

async function signInTo(account: string) {
  for (const [name, value] of Object.entries({ account, username: 'demo', password: 'demo' })) {
    const input = document.querySelector<HTMLInputElement>(`input[name=${name}]`)
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value)
      input?.dispatchEvent(new Event('input', { bubbles: true }))
    })
  }
  await act(async () => document.querySelector('form')?.requestSubmit())
  await act(() => vi.waitFor(() => expect(text()).toMatch(/Signed in|Which one/)))
}

test('a typed number that is one account’s ID and another’s name offers both', async () => {
  await signInTo('7')
  expect(text()).toContain('7 is the ID of the account acme, and also the name of another')
  const offered = buttons().filter((button) => button.textContent.includes('(ID'))
  expect(offered.map((button) => button.textContent)).toEqual([
    'Sign in to acme (ID 7)',
    'Sign in to 7 (ID 8)',
  ])
  await act(async () => offered[1]?.click())
  await act(() => vi.waitFor(() => expect(text()).toBe('Signed in')))
  expect(currentSession().credentials?.account).toBe('8')
})

test.each([
  ['acme', 'acme'],
  ['9', '9'],
  // A name that is a number: links have the ID.
  ['55', '9'],
])('an account that means only one signs in at once: %s', async (typed, account) => {
  await signInTo(typed)
  expect([text(), currentSession().credentials?.account]).toEqual(['Signed in', account])
})
