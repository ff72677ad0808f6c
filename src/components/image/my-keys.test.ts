// @vitest-environment happy-dom
import { act, createElement as h, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '../../api/query-client.ts'
import { CREDENTIALS } from '../../api/testing/calls.ts'
import { signIn, signOut } from '../../session/session.ts'
import { UseMyKeys } from './my-keys.tsx'

const BLOB = 'AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr'
const MINE = `ssh-ed25519 ${BLOB} me@laptop`
const OTHER = `ssh-ed25519 ${BLOB.replace('ICyA', 'ICyB')} me@phone`

let root: Root
let keys = ''

function Field() {
  const [value, setValue] = useState('')
  keys = value
  return h(UseMyKeys, { keys: value, onChange: setValue })
}

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  signIn(CREDENTIALS, false)
  root = createRoot(document.body.appendChild(document.createElement('div')))
  await act(async () => root.render(h(MemoryRouter, null, h(Field))))
})
afterEach(async () => {
  await act(async () => root.unmount())
  document.body.replaceChildren()
  queryClient.clear()
  signOut()
  vi.unstubAllGlobals()
})

/** Presses the button while BigV gives this answer, and returns what the page says then. */
async function pressWith(status: number, body: unknown): Promise<string> {
  const fetched = vi.fn(async () => new Response(JSON.stringify(body), { status }))
  vi.stubGlobal('fetch', fetched)
  await act(async () => document.querySelector('button')?.click())
  const said = () => document.querySelector('[aria-live]')?.textContent ?? ''
  await act(() => vi.waitFor(() => expect(said()).not.toBe('')))
  return said()
}
const user = (authorized_keys: string | null) => ({ id: 1, username: 'demo', authorized_keys })

test('the button for the user’s BigV keys adds each key once', async () => {
  expect(await pressWith(200, user(`${MINE}\n${OTHER}\n${MINE}`))).toBe('2 keys added.')
  expect(keys).toBe(`${MINE}\n${OTHER}`)
  // Fetched a moment ago: BigV isn't asked again.
  expect(await pressWith(500, {})).toBe('Your BigV keys are already here.')
  expect(keys).toBe(`${MINE}\n${OTHER}`)
})

test('the button for the user’s BigV keys says if there are none, and where to add one', async () => {
  expect(await pressWith(200, user(null))).toBe('You have no SSH keys in BigV. Add one')
  expect(document.querySelector('a')?.getAttribute('href')).toBe('/keys')
})

test('the button for the user’s BigV keys says why they couldn’t be loaded, and tries again', async () => {
  expect(await pressWith(403, {})).toMatch(/^Couldn’t load your keys\. /)
  expect(await pressWith(200, user(MINE))).toBe('1 key added.')
})
