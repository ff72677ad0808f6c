import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { actions } from '../actions/index.ts'
import { json, startFakeBigv, type FakeBigv } from '../api/testing/fake-bigv.ts'
import { fakeStorage } from '../lib/testing/fake-storage.ts'
import { newOperation } from '../operations/send.ts'
import { clearOperations, putOperation, updateOperation } from '../operations/store.ts'
import { currentSession, lastGoodAnswer, signIn, signOut } from '../session/session.ts'
import { checkSession, isEndingSoon, startSessionExpiry } from './session-expiry.ts'

const BASIC = { account: 'acme', username: 'demo', password: 's3cret', otp: '' }
const TOKEN = { account: 'acme', username: 'demo', token: 'a-token' }
const MINUTE = 60_000

let bigv: FakeBigv
let browser: Map<string, string>
let touch: (event: object) => void = () => {}
let wake: () => void = () => {}
let page: { hidden: boolean; visibilityState: string; addEventListener: unknown }

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: 1_000_000_000 })
  bigv = await startFakeBigv()
  bigv.answer = (_, response) => json(response, 200, {})
  browser = new Map()
  vi.stubGlobal(
    'localStorage',
    fakeStorage(() => browser),
  )
  page = {
    hidden: false,
    visibilityState: 'visible',
    addEventListener: (_: string, listener: typeof wake) => (wake = listener),
  }
  vi.stubGlobal('document', page)
  vi.stubGlobal('addEventListener', (type: string, listener: typeof touch) => {
    if (type === 'keydown') touch = listener
  })
  startSessionExpiry()
})
afterEach(async () => {
  signOut()
  clearOperations()
  checkSession()
  vi.clearAllTimers()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  await bigv.close()
})

/** `pass` advances the clock and runs the timers that are due. `sleep` only moves the clock, as if the computer slept. */
const pass = (ms: number) => vi.advanceTimersByTime(ms)
const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms)
const requests = () => bigv.received.map(({ method, path }) => `${method} ${path}`)

describe('a session token', () => {
  test('is renewed by a small request well before its five minutes end', async () => {
    signIn(TOKEN, false)
    pass(2 * MINUTE)
    expect(requests()).toEqual([])
    pass(MINUTE)
    await vi.waitFor(() => expect(requests()).toEqual(['GET /accounts/acme']))
    expect(bigv.received[0]?.headers).toMatchObject({ authorization: 'Bearer a-token' })
  })

  test('is renewed after a fast clock was set right', async () => {
    signIn(TOKEN, false)
    sleep(-24 * 60 * MINUTE)
    pass(15_000)
    await vi.waitFor(() => expect(requests()).toEqual(['GET /accounts/acme']))
    await vi.waitFor(() => expect(lastGoodAnswer()).toBeLessThanOrEqual(Date.now()))
    pass(2 * MINUTE)
    expect(requests()).toHaveLength(1)
    pass(MINUTE)
    await vi.waitFor(() => expect(requests()).toHaveLength(2))
  })

  test('is not renewed if other requests keep it alive, or if the user has a password', async () => {
    signIn(BASIC, false)
    pass(10 * MINUTE)
    signIn(TOKEN, false)
    pass(2 * MINUTE)
    expect(requests()).toEqual([])
  })

  test('is renewed in a hidden tab, with its slow timers, while an operation is running', async () => {
    signIn(TOKEN, false)
    const operation = newOperation(actions.reimage, { account: 'acme', group: 'default', id: 7, name: 'web' })
    page.hidden = true
    page.visibilityState = 'hidden'
    wake()
    // The user is away for longer than a session lasts. An operation runs all the time.
    for (let minutes = 0; minutes < 75; minutes++) {
      putOperation({ ...operation, phase: 'waiting', patienceFrom: Date.now() })
      sleep(MINUTE - 15_000)
      const before = lastGoodAnswer()
      pass(15_000)
      if (Date.now() - before < 2.5 * MINUTE) continue
      await vi.waitFor(() => expect(lastGoodAnswer()).toBeGreaterThan(before), { interval: 5 })
      expect(lastGoodAnswer() - before).toBeLessThan(5 * MINUTE)
    }
    expect(requests().length).toBeGreaterThan(15)
    expect(new Set(requests())).toEqual(new Set(['GET /accounts/acme']))
    expect(currentSession()).toMatchObject({ locked: false, expired: false, credentials: TOKEN })
    expect(isEndingSoon()).toBe(false)
  })

  test('is renewed again after a failure, but not during another renewal', async () => {
    let answered = 0
    bigv.answer = (_, response) => {
      answered += 1
      if (answered === 1) response.destroy()
    }
    signIn(TOKEN, false)
    pass(2.5 * MINUTE)
    await vi.waitFor(() => expect(answered).toBe(1))
    await vi.waitFor(() => {
      pass(15_000)
      expect(answered).toBe(2)
    })
    pass(MINUTE)
    expect(answered).toBe(2)
  })

  test('has expired when the computer wakes after five minutes, so the user is asked to sign in', async () => {
    bigv.answer = (_, response) => response.writeHead(401).end()
    signIn(TOKEN, true)
    sleep(6 * MINUTE)
    wake()
    await vi.waitFor(() => expect(currentSession().expired).toBe(true))
    expect(currentSession()).toMatchObject({ credentials: TOKEN, locked: false })
    pass(10 * MINUTE)
    expect(requests()).toHaveLength(1)
  })
})

describe('an idle session', () => {
  test('ends an hour after the last input, and warns the user a minute before', () => {
    signIn(BASIC, true)
    pass(59 * MINUTE - 15_000)
    expect(isEndingSoon()).toBe(false)
    pass(15_000)
    expect(isEndingSoon()).toBe(true)
    pass(45_000)
    expect(currentSession().locked).toBe(false)
    pass(15_000)
    expect(currentSession()).toMatchObject({ locked: true, expired: true })
    expect(JSON.stringify(currentSession())).not.toContain('s3cret')
    expect(isEndingSoon()).toBe(false)
    signIn(BASIC, true)
    pass(15_000)
    expect(currentSession().locked).toBe(false)
  })

  test('is extended by any input in any tab, but not by a page that moves under the pointer', () => {
    signIn(BASIC, false)
    pass(59.5 * MINUTE)
    touch({ isTrusted: false, type: 'keydown' })
    touch({ isTrusted: true, type: 'pointermove', movementX: 0, movementY: 0 })
    expect(isEndingSoon()).toBe(true)
    touch({ isTrusted: true, type: 'pointermove', movementX: 1, movementY: 0 })
    expect(isEndingSoon()).toBe(false)
    pass(59.5 * MINUTE)
    browser.set('bigv.active-at', JSON.stringify(Date.now()))
    pass(15_000)
    expect(isEndingSoon()).toBe(false)
    pass(58 * MINUTE)
    expect(currentSession().locked).toBe(false)
    pass(2 * MINUTE)
    expect(currentSession().locked).toBe(true)
  })

  test('ends an hour after a fast clock was set right', () => {
    signIn(BASIC, false)
    sleep(-24 * 60 * MINUTE)
    pass(59 * MINUTE + 30_000)
    expect([isEndingSoon(), currentSession().locked]).toEqual([true, false])
    pass(MINUTE)
    expect(currentSession().locked).toBe(true)
  })

  test('ends when the computer wakes, before the user’s first input can extend it', () => {
    signIn(BASIC, false)
    sleep(61 * MINUTE)
    touch({ isTrusted: true, type: 'keydown' })
    expect(currentSession().locked).toBe(true)
  })

  test('lasts while an operation runs here, unless that is overdue or waits for the user', () => {
    signIn(BASIC, false)
    const operation = newOperation(actions.stop, { account: 'acme', group: 'default', id: 7, name: 'web' })
    sleep(59 * MINUTE)
    putOperation({ ...operation, phase: 'waiting', patienceFrom: Date.now() })
    sleep(MINUTE - 1)
    checkSession()
    expect(isEndingSoon()).toBe(false)
    for (const change of [
      { phase: 'signing in' as const },
      { phase: 'asking' as const },
      { otherTab: true },
    ]) {
      putOperation({ ...operation, phase: 'waiting', patienceFrom: Date.now(), ...change })
      checkSession()
      expect(isEndingSoon()).toBe(true)
    }
    putOperation({ ...operation, phase: 'waiting', patienceFrom: Date.now() })
    pass(45_000)
    expect(currentSession().locked).toBe(false)
    updateOperation(operation.key, { patienceFrom: Date.now() - MINUTE })
    pass(15_000)
    expect(currentSession().locked).toBe(true)
  })
})
