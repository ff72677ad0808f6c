import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { fakeStorage } from '../lib/testing/fake-storage.ts'
import { authHeaders } from './credentials.ts'
import { idleLeft, noteActive, setIdleMinutes } from './idle-limit.ts'
import {
  cancelSignInAgain,
  currentSession,
  currentUserSignal,
  lastGoodAnswer,
  lockSession,
  noteGoodAnswer,
  noteSignedOut,
  refuseCredentials,
  restoreSession,
  signedInAgain,
  signIn,
  signOut,
  subscribeSession,
} from './session.ts'

const demo = { account: 'acme', username: 'demo', password: 's3cret', otp: '' }

const token = { account: 'acme', username: 'demo', token: 'a-token' }

// Each test runs on its own day, so that the records of one test are outdated in the next.
let day = 0
let entries: Map<string, string>
let browser: Map<string, string>

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: (day += 86_400_000) })
  entries = new Map()
  browser = new Map()
  vi.stubGlobal(
    'sessionStorage',
    fakeStorage(() => entries),
  )
  vi.stubGlobal(
    'localStorage',
    fakeStorage(() => browser),
  )
})
afterEach(() => {
  signOut()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('the session', () => {
  test('keeps credentials in memory only, unless asked to remember them', () => {
    signIn(demo, false)
    expect(currentSession()).toMatchObject({
      credentials: demo,
      remembered: false,
      expired: false,
      signedOut: false,
    })
    expect([...entries]).toEqual([])
    signIn(demo, true)
    expect([...entries.values()].join('')).toContain('s3cret')
    signIn(demo, false)
    expect([...entries]).toEqual([])
  })

  test('is restored by a reload in the tab that remembers it', () => {
    expect(restoreSession()).toBe(false)
    signIn(demo, true)
    const stored = new Map(entries)
    signOut()
    entries = stored
    expect(restoreSession()).toBe(true)
    expect(currentSession()).toMatchObject({ credentials: demo, remembered: true, signedOut: false })
  })

  test.each([
    'null',
    '[]',
    '"x"',
    '{"account":"acme"}',
    '{"account":"a","username":"b","password":1,"otp":""}',
    '{',
  ])('is not restored from the stored text %s', (text) => {
    signIn(demo, true)
    const [key = ''] = entries.keys()
    signOut()
    entries.set(key, text)
    expect(restoreSession()).toBe(false)
    expect(currentSession().credentials).toBeNull()
  })

  test('forgets everything on sign-out, and remembers that the user signed out', () => {
    signIn(demo, true)
    signOut()
    expect(currentSession()).toMatchObject({ credentials: null, remembered: false, signedOut: true })
    expect([...entries]).toEqual([])
    signIn(demo, false)
    expect(currentSession().signedOut).toBe(false)
  })

  test('expires once if BigV rejects the credentials in use, but not for other credentials', () => {
    const changes: boolean[] = []
    signIn({ ...demo }, false)
    const end = subscribeSession(() => changes.push(currentSession().expired))
    refuseCredentials(demo)
    expect(currentSession().expired).toBe(false)
    const { credentials } = currentSession()
    if (credentials === null) throw new Error('Nobody is signed in.')
    refuseCredentials(credentials)
    refuseCredentials(credentials)
    expect(changes).toEqual([true])
    expect(currentSession().credentials).toBe(credentials)
    end()
  })
})

describe('each wait for a new sign-in', () => {
  beforeEach(() => {
    signIn(demo, false)
    refuseCredentials(demo)
  })

  test.each([
    ['when the same user signs in', () => signIn({ ...demo, otp: 'new' }, false), 'same user'],
    ['when another user signs in', () => signIn({ ...demo, username: 'colleague' }, false), 'other user'],
    ['when the user cancels', cancelSignInAgain, 'cancelled'],
    ['on sign-out', signOut, 'cancelled'],
  ])('ends %s', async (_, act, how) => {
    const waits = [signedInAgain(), signedInAgain()]
    act()
    expect(await Promise.all(waits)).toEqual([how, how])
  })

  test('leaves the session expired if the user cancels', () => {
    cancelSignInAgain()
    expect(currentSession().expired).toBe(true)
  })
})

describe('an idle session', () => {
  test.each([
    ['a password', demo],
    ['a password and an OTP', { ...demo, otp: 'ccc' }],
    ['a session token', token],
  ])('of a user with %s is locked without secrets, and continues after a new sign-in', (_, credentials) => {
    signIn(credentials, true)
    const wait = signedInAgain()
    lockSession()
    const { credentials: left, ...state } = currentSession()
    expect(state).toMatchObject({ expired: true, locked: true, remembered: true })
    expect(left).toMatchObject({ account: 'acme', username: 'demo' })
    expect(JSON.stringify([currentSession(), ...entries])).not.toMatch(/s3cret|ccc|a-token/)
    expect(authHeaders(left)).toEqual({})
    signIn(credentials, true)
    expect(currentSession()).toMatchObject({ credentials, expired: false, locked: false })
    return expect(wait).resolves.toBe('same user')
  })

  test('isn’t restored once it has ended, even by a tab that remembers it', () => {
    signIn(demo, true)
    vi.setSystemTime(Date.now() + 60 * 60_000)
    expect(restoreSession()).toBe(true)
    noteActive(Date.now())
    vi.setSystemTime(Date.now() + 60 * 60_000)
    expect(restoreSession()).toBe(true)
    vi.setSystemTime(Date.now() + 1)
    expect(restoreSession()).toBe(false)
    expect([...entries.values()].join('')).not.toContain('s3cret')
  })

  test('lasts for as long as the user chose, which may be for ever', () => {
    const begun = Date.now()
    noteActive(begun)
    expect(idleLeft(begun)).toBe(60 * 60_000)
    setIdleMinutes(15)
    expect(idleLeft(begun + 60_000)).toBe(14 * 60_000)
    setIdleMinutes(0)
    expect(idleLeft(begun + 1e12)).toBe(Number.POSITIVE_INFINITY)
    setIdleMinutes(60)
    expect(idleLeft(begun - 1)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('signing out', () => {
  test('removes this tab’s records and the user’s history, but keeps the tab’s id and settings', () => {
    signIn(demo, true)
    entries.set('bigv.create-draft', 'web1')
    entries.set('bigv-tab', '{"id":"a","leftAt":null}')
    entries.set('another app', 'x')
    browser.set('bigv.gathered.recent demo', '["/accounts/acme"]')
    browser.set('bigv.theme', '"dark"')
    signOut()
    expect([...entries.keys()]).toEqual(['bigv-tab', 'another app'])
    expect([...browser.keys()].filter((key) => key.startsWith('bigv.gathered'))).toEqual([])
    expect(browser.get('bigv.theme')).toBe('"dark"')
  })

  test.each([
    ['sign-out', signOut],
    ['another user’s sign-in', () => signIn({ ...demo, username: 'colleague' }, false)],
  ])('cancels the user’s fetches at %s', (_, act) => {
    signIn(demo, false)
    const signal = currentUserSignal()
    signIn({ ...demo, otp: 'new' }, false)
    expect([signal.aborted, currentUserSignal()]).toEqual([false, signal])
    act()
    expect([signal.aborted, currentUserSignal().aborted]).toEqual([true, false])
  })

  test('ends the remembered session of a tab that was asleep as well', () => {
    signIn(demo, true)
    const stored = new Map(entries)
    vi.setSystemTime(Date.now() + 1)
    noteSignedOut()
    entries = stored
    expect(restoreSession()).toBe(false)
    expect([...entries]).toEqual([])
  })
})

test('a sign-out ends earlier sessions even if a fast clock was set right, but no later ones', () => {
  const now = Date.now()
  vi.setSystemTime(now + 86_400_000)
  signIn(demo, true)
  const ahead = new Map(entries)
  noteSignedOut()
  signOut()
  vi.setSystemTime(now)
  entries = ahead
  expect(restoreSession()).toBe(false)
  expect([...entries]).toEqual([])
  signIn(demo, true)
  vi.setSystemTime(now + 1_000)
  expect(restoreSession()).toBe(true)
})

test('the session has the time at which BigV last accepted its credentials', () => {
  signIn(demo, false, 1_000)
  expect(lastGoodAnswer()).toBe(1_000)
  const { credentials } = currentSession()
  noteGoodAnswer(credentials, 5_000)
  noteGoodAnswer(credentials, 4_000)
  noteGoodAnswer({ ...demo }, 9_000)
  noteGoodAnswer(null, 9_000)
  expect(lastGoodAnswer()).toBe(5_000)
  // The clock has been set back.
  vi.setSystemTime(3_000)
  noteGoodAnswer(credentials, 2_900)
  expect(lastGoodAnswer()).toBe(2_900)
})
