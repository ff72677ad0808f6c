// @vitest-environment happy-dom
import { QueryClientProvider } from '@tanstack/react-query'
import { act, createElement as h } from 'react'
import { createRoot } from 'react-dom/client'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../api/query-client.ts'
import { answerAll } from '../../api/testing/answered.ts'
import { NumberInUrl } from './number-in-url.tsx'

const ACCOUNTS = [
  { id: 7, name: 'acme' },
  { id: 8, name: '7' },
  { id: 9, name: '55' },
]
const GROUPS = [
  { id: 42, name: 'default' },
  { id: 43, name: '42' },
  { id: 44, name: '99' },
]

let root: ReturnType<typeof createRoot>

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  answerAll((path) => (path.endsWith('/groups') ? GROUPS : ACCOUNTS))
  root = createRoot(document.body.appendChild(document.createElement('div')))
})
afterEach(async () => {
  await act(async () => root.unmount())
  document.body.replaceChildren()
  queryClient.clear()
  vi.unstubAllGlobals()
})

async function open(path: string) {
  const page = h(NumberInUrl, null, h('p', null, 'The page'))
  const routes = [
    { path: '/accounts/:account', element: page },
    { path: '/accounts/:account/groups/:group/virtual_machines', element: page },
  ]
  const router = createMemoryRouter(routes, { initialEntries: [path] })
  const shown = h(QueryClientProvider, { client: queryClient }, h(RouterProvider, { router }))
  await act(async () => root.render(shown))
  await act(() => vi.waitFor(() => expect(document.body.textContent).not.toContain('Loading')))
  return router
}
const text = () => document.body.textContent
const at = ({ state }: Awaited<ReturnType<typeof open>>) => state.location.pathname + state.location.search

test('a number in the URL that is one group’s ID and another’s name leads to a choice', async () => {
  const router = await open('/accounts/acme/groups/42/virtual_machines?q=web')
  expect(text()).toContain('42 is the ID of the group default, and also the name of another.')
  const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href'))
  expect(links).toEqual([42, 43].map((id) => `/accounts/acme/groups/${id}/virtual_machines?q=web`))
  await act(async () => document.querySelector('a')?.click())
  expect([text(), at(router)]).toEqual(['The page', links[0]])
})

test('a number in the URL that is one account’s ID and another’s name leads to a choice', async () => {
  await open('/accounts/7')
  expect(text()).toContain('7 is the ID of the account acme, and also the name of another.')
})

test.each([
  ['only an ID', '/accounts/acme/groups/43/virtual_machines', '/accounts/acme/groups/43/virtual_machines'],
  [
    'only a group’s name',
    '/accounts/acme/groups/99/virtual_machines',
    '/accounts/acme/groups/44/virtual_machines',
  ],
  ['only an account’s name', '/accounts/55', '/accounts/9'],
  ['neither an ID nor a name', '/accounts/1', '/accounts/1'],
])('a number in the URL opens the page of the record’s ID if the number is %s', async (_, path, then) => {
  const router = await open(path)
  expect([text(), at(router)]).toEqual(['The page', then])
})
