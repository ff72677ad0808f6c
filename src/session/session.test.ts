import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { authHeaders } from './auth-headers.ts'
import {
  cancelSignInAgain,
  currentSession,
  isCredentials,
  refuseCredentials,
  restoreSession,
  signedInAgain,
  signIn,
  signOut,
  subscribeSession,
} from './session.ts'

const demo = { account: 'acme', username: 'demo', password: 's3cret', otp: '' }

let entries: Map<string, string>

beforeEach(() => {
  entries = new Map()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => entries.set(key, value),
    removeItem: (key: string) => entries.delete(key),
  })
})
afterEach(() => {
  signOut()
  vi.unstubAllGlobals()
})

describe('the session', () => {
  test('keeps credentials in memory only, unless it is told to remember them', () => {
    signIn(demo, false)
    expect(currentSession()).toMatchObject({
      credentials: demo,
      remembered: false,
      expired: false,
      left: false,
    })
    expect([...entries]).toEqual([])
    signIn(demo, true)
    expect([...entries.values()].join('')).toContain('s3cret')
    signIn(demo, false)
    expect([...entries]).toEqual([])
  })

  test('is restored in the tab that remembers it', () => {
    expect(restoreSession()).toBe(false)
    signIn(demo, true)
    const kept = new Map(entries)
    signOut()
    entries = kept
    expect(restoreSession()).toBe(true)
    expect(currentSession()).toMatchObject({ credentials: demo, remembered: true, left: false })
  })

  test.each([
    'null',
    '[]',
    '"x"',
    '{"account":"acme"}',
    '{"account":"a","username":"b","password":1,"otp":""}',
    '{',
  ])('is not restored from %s', (text) => {
    signIn(demo, true)
    const [key = ''] = entries.keys()
    signOut()
    entries.set(key, text)
    expect(restoreSession()).toBe(false)
    expect(currentSession().credentials).toBeNull()
  })

  test('forgets everything when the user signs out, and knows that it was the user', () => {
    signIn(demo, true)
    signOut()
    expect(currentSession()).toMatchObject({ credentials: null, remembered: false, left: true })
    expect([...entries]).toEqual([])
    signIn(demo, false)
    expect(currentSession().left).toBe(false)
  })

  test('is expired by a refusal of the credentials in use, once, and by no other', () => {
    const heard: boolean[] = []
    signIn({ ...demo }, false)
    const end = subscribeSession(() => heard.push(currentSession().expired))
    refuseCredentials(demo)
    expect(currentSession().expired).toBe(false)
    const { credentials } = currentSession()
    if (credentials === null) throw new Error('Nobody is signed in.')
    refuseCredentials(credentials)
    refuseCredentials(credentials)
    expect(heard).toEqual([true])
    expect(currentSession().credentials).toBe(credentials)
    end()
  })
})

describe('waiting for signing in again', () => {
  beforeEach(() => {
    signIn(demo, false)
    refuseCredentials(demo)
  })

  test.each([
    ['the same user', () => signIn({ ...demo, otp: 'new' }, false), 'same user'],
    ['another', () => signIn({ ...demo, username: 'colleague' }, false), 'other user'],
    ['nobody, for now', cancelSignInAgain, 'cancelled'],
    ['nobody any more', signOut, 'cancelled'],
  ])('ends with %s, for everyone who waits', async (_, act, how) => {
    const waits = [signedInAgain(), signedInAgain()]
    act()
    expect(await Promise.all(waits)).toEqual([how, how])
  })

  test('the session stays expired when the user does not want to', () => {
    cancelSignInAgain()
    expect(currentSession().expired).toBe(true)
  })
})

test('what came from elsewhere is checked for the form of credentials', () => {
  expect(isCredentials(demo)).toBe(true)
  expect(isCredentials({ ...demo, otp: undefined })).toBe(false)
  expect(isCredentials(null)).toBe(false)
})

test('the headers that carry credentials', () => {
  expect(authHeaders(null)).toEqual({})
  expect(authHeaders({ ...demo, password: 'ü:€' })).toEqual({
    Authorization: `Basic ${Buffer.from('demo:ü:€').toString('base64')}`,
  })
  expect(authHeaders({ ...demo, otp: 'ccc' })).toHaveProperty('X-Yubikey-Otp', 'ccc')
})
