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

// Each test on a day of its own: what one has noted is long ago for the next.
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
  test('keeps credentials in memory only, unless it is told to remember them', () => {
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

  test('is restored in the tab that remembers it', () => {
    expect(restoreSession()).toBe(false)
    signIn(demo, true)
    const kept = new Map(entries)
    signOut()
    entries = kept
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
    expect(currentSession()).toMatchObject({ credentials: null, remembered: false, signedOut: true })
    expect([...entries]).toEqual([])
    signIn(demo, false)
    expect(currentSession().signedOut).toBe(false)
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

describe('a session that nobody attends to', () => {
  test.each([demo, { ...demo, otp: 'ccc' }, token])(
    'is ended in place, without its secrets',
    (credentials) => {
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
    },
  )

  test('is not taken up again by a page that remembers it', () => {
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

  test('lasts as long as the user has set, and for ever where he has set that', () => {
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

describe('a user who leaves', () => {
  test('takes along what this tab has kept, whoever kept it, and what was gathered; settings stay', () => {
    signIn(demo, true)
    entries.set('bigv.create-draft', 'web1')
    entries.set('of somebody else', 'x')
    browser.set('bigv.gathered.recent demo', '["/accounts/acme"]')
    browser.set('bigv.theme', '"dark"')
    signOut()
    expect([...entries.keys()]).toEqual(['of somebody else'])
    expect([...browser.keys()].filter((key) => key.startsWith('bigv.gathered'))).toEqual([])
    expect(browser.get('bigv.theme')).toBe('"dark"')
  })

  test.each([
    ['signs out', signOut],
    ['gives way to another', () => signIn({ ...demo, username: 'colleague' }, false)],
  ])('ends what is read for him when he %s', (_, act) => {
    signIn(demo, false)
    const stays = currentUserSignal()
    signIn({ ...demo, otp: 'new' }, false)
    expect([stays.aborted, currentUserSignal()]).toEqual([false, stays])
    act()
    expect([stays.aborted, currentUserSignal().aborted]).toEqual([true, false])
  })

  test('does not come back in a tab that remembers him and slept meanwhile', () => {
    signIn(demo, true)
    const kept = new Map(entries)
    vi.setSystemTime(Date.now() + 1)
    noteSignedOut()
    entries = kept
    expect(restoreSession()).toBe(false)
    expect([...entries]).toEqual([])
  })
})

test('a clock that was ahead and is put right ends what was begun by it, and nothing that is begun later', () => {
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

test('when BigV last took the credentials is known, of those in use alone', () => {
  signIn(demo, false, 1_000)
  expect(lastGoodAnswer()).toBe(1_000)
  const { credentials } = currentSession()
  noteGoodAnswer(credentials, 5_000)
  noteGoodAnswer(credentials, 4_000)
  noteGoodAnswer({ ...demo }, 9_000)
  noteGoodAnswer(null, 9_000)
  expect(lastGoodAnswer()).toBe(5_000)
  // By a clock that was put back since.
  vi.setSystemTime(3_000)
  noteGoodAnswer(credentials, 2_900)
  expect(lastGoodAnswer()).toBe(2_900)
})
