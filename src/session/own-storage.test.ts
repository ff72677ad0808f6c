import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeStorage } from '../lib/testing/fake-storage.ts'
import { readOwn, writeOwn } from './own-storage.ts'
import { ownStore } from './own-store.ts'
import { signIn, signOut } from './session.ts'

const demo = { account: 'acme', username: 'demo', password: 's3cret', otp: '' }
const colleague = { ...demo, username: 'colleague' }
let browser: Map<string, string>
let listeners: ((event: { key: string }) => void)[]

beforeEach(() => {
  browser = new Map()
  listeners = []
  vi.stubGlobal(
    'localStorage',
    fakeStorage(() => browser),
  )
  vi.stubGlobal('addEventListener', (_: string, listener: (typeof listeners)[number]) =>
    listeners.push(listener),
  )
})
afterEach(() => {
  signOut()
  vi.unstubAllGlobals()
})

test('what one user keeps is neither read nor changed by another, and is there when he is back', () => {
  signIn(demo, false)
  writeOwn('bigv.x', 'mine')
  signIn(colleague, false)
  expect(readOwn('bigv.x')).toBeNull()
  writeOwn('bigv.x', 'theirs')
  signOut()
  signIn(demo, false)
  expect(readOwn('bigv.x')).toBe('mine')
})

test('of nobody nothing is kept, nor read', () => {
  writeOwn('bigv.x', 'nobody’s')
  expect([...browser]).toEqual([])
  expect(readOwn('bigv.x')).toBeNull()
})

test('a store of it follows who is signed in, and what his other tabs write', () => {
  const store = ownStore('bigv.x', (kept) => (typeof kept === 'string' ? kept : ''))
  signIn(demo, false)
  store.set('mine')
  expect(browser.get('bigv.x demo')).toBe('"mine"')
  signIn(colleague, false)
  expect(store.get()).toBe('')
  signIn(demo, false)
  expect(store.get()).toBe('mine')
  browser.set('bigv.x demo', '"newer"')
  for (const listener of listeners) listener({ key: 'bigv.x colleague' })
  expect(store.get()).toBe('mine')
  for (const listener of listeners) listener({ key: 'bigv.x demo' })
  expect(store.get()).toBe('newer')
  signOut()
  expect(store.get()).toBe('')
})
