import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fakeStorage } from '../lib/testing/fake-storage.ts'
import { lastGroup, rememberGroup } from './last-used.ts'
import { signIn, signOut } from './session.ts'

const demo = { account: 'acme', username: 'demo', password: 's3cret', otp: '' }
const browser = new Map<string, string>()

beforeEach(() =>
  vi.stubGlobal(
    'localStorage',
    fakeStorage(() => browser),
  ),
)
afterEach(() => {
  signOut()
  vi.unstubAllGlobals()
})

test('the browser remembers each user’s last group until they sign out', () => {
  signIn(demo, false)
  rememberGroup('acme', 'staging')
  rememberGroup('birch', 'default')
  expect([lastGroup('acme'), lastGroup('birch'), lastGroup('cedar')]).toEqual(['staging', 'default', null])
  signIn({ ...demo, username: 'colleague' }, false)
  expect(lastGroup('acme')).toBeNull()
  rememberGroup('acme', 'theirs')
  // Written by another tab, where demo is still signed in.
  signIn(demo, false)
  expect(lastGroup('acme')).toBe('staging')
  signOut()
  signIn(demo, false)
  expect(lastGroup('acme')).toBeNull()
})
