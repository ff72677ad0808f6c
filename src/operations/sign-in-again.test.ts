import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { MachineActionName as MachineAction } from '../actions/index.ts'
import { boundBy } from '../actions/testing/bound.ts'
import { REF } from '../api/testing/machines.ts'
import { cut, status } from '../api/testing/simulated-bigv.ts'
import { cancelSignInAgain, currentSession, signIn, signOut, subscribeSession } from '../session/session.ts'
import { setReadOnly } from '../session/read-only.ts'
import { beginOperation } from './run.ts'
import { answerQuestion } from './sign-in-again.ts'
import { DEMO, keyOf, until, useMachineAtBigv } from './testing/machine-at-bigv.ts'

const REFUSED = 'BigV rejected your sign-in (401).'

const bigv = useMachineAtBigv()
const stop = () => ['PUT', bigv.path, { autoreboot_on: false, power_on: false }]
const keepOff = () => ['PUT', bigv.path, { autoreboot_on: false }]
const powerdown = () => ['POST', `${bigv.path}/signal`, { signal: 'powerdown' }]

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Begins an action whose first write gets a 401, and waits until the user is asked to sign in. */
async function refusedAt(action: MachineAction, params?: unknown): Promise<string> {
  const method = action === 'shut_down' && !(await bigv.vm()).autoreboot_on ? 'POST' : 'PUT'
  await bigv.answer(method, status(401))
  return signingIn(action, params)
}

async function signingIn(action: MachineAction, params?: unknown): Promise<string> {
  const key = keyOf(await bigv.begin(action, { params }))
  await until(key, 'signing in')
  return key
}

const again = (username = 'demo') => signIn({ ...DEMO, username }, false)
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)

describe('a write that BigV answers with 401', () => {
  test('is sent once more after the same user has signed in again', async () => {
    const key = await refusedAt('stop')
    expect(currentSession().expired).toBe(true)
    pass(60_000)
    again()
    const { outcome, note, steps } = await until(key, 'ended')
    expect([outcome, note]).toEqual(['done', ''])
    expect(steps.map(({ trace }) => trace?.status)).toEqual([401, 200])
    expect(await bigv.log()).toEqual(['GET', stop(), 'GET', stop()])
  })

  test('is repeated once after each new sign-in, until BigV no longer answers 401', async () => {
    await bigv.answer('PUT', status(401), status(401))
    const key = await signingIn('stop')
    again()
    await until(key, ({ phase, steps }) => phase === 'signing in' && steps.length === 2)
    again()
    expect((await until(key, 'ended')).outcome).toBe('done')
    expect(await bigv.writes()).toEqual([stop(), stop(), stop()])
  })

  test('waits for a second sign-in if the fetch before the repeat gets a 401, too', async () => {
    const key = await refusedAt('stop')
    await bigv.answer('GET', status(401))
    again()
    await vi.waitFor(async () => expect(await bigv.log()).toHaveLength(3), { timeout: 5_000 })
    await vi.waitFor(() => expect(currentSession().expired).toBe(true), { timeout: 5_000 })
    again()
    expect((await until(key, 'ended')).outcome).toBe('done')
    expect(await bigv.log()).toEqual(['GET', stop(), 'GET', 'GET', stop()])
  })

  test('is repeated alone, without requests that have already succeeded', async () => {
    await bigv.answer('POST', status(401))
    const key = await signingIn('shut_down')
    again()
    const { autoreboot, note } = await until(key, 'waiting')
    expect(await bigv.writes()).toEqual([keepOff(), powerdown(), powerdown()])
    expect(autoreboot).toEqual({ before: true, after: false })
    expect(note).toBe('')
  })

  test('is repeated at once if the session has newer credentials already', async () => {
    await bigv.answer('PUT', status(401))
    let refused = false
    bigv.onAnswer = ({ method }) => {
      if (method === 'PUT' && !refused) again()
      refused ||= method === 'PUT'
    }
    const begun = await beginOperation({ bound: boundBy('stop'), ref: REF, id: bigv.id, name: 'web' })
    if (begun.is !== 'begun') throw new Error('It did not begin.')
    expect((await until(begun.key, 'ended')).outcome).toBe('done')
    expect(await bigv.log()).toEqual(['GET', stop(), 'GET', stop()])
  })
})

describe('a write that BigV answered with 401 is dropped, with a note', () => {
  test.each([
    [
      'another user signs in',
      () => again('colleague'),
      'Another user signed in, so the request was cancelled.',
    ],
    ['the user cancels the sign-in', cancelSignInAgain, 'Not sent again.'],
    ['the user signs out', signOut, 'Not sent again.'],
  ])('if %s', async (_, act, said) => {
    const key = await refusedAt('stop')
    act()
    expect(await until(key, 'ended')).toMatchObject({ outcome: 'refused', note: `${REFUSED} ${said}` })
    expect(await bigv.log()).toEqual(['GET', stop()])
  })

  test('and isn’t sent even if the user signs in later', async () => {
    const key = await refusedAt('stop')
    cancelSignInAgain()
    await until(key, 'ended')
    again()
    const later = await beginOperation({ bound: boundBy('reset'), ref: REF, id: bigv.id, name: 'web' })
    if (later.is === 'begun') await until(later.key, 'ended')
    expect(await bigv.writes()).toEqual([stop(), ['POST', `${bigv.path}/signal`, { signal: 'reset' }]])
  })

  test('if the machine’s state no longer allows the action', async () => {
    const key = await refusedAt('stop')
    await bigv.set({ power_on: false, autoreboot_on: false })
    again()
    expect((await until(key, 'ended')).note).toBe(`${REFUSED} Not sent again: Already stopped.`)
    expect(await bigv.writes()).toEqual([stop()])
  })

  test('if read-only mode was turned on in the meantime', async () => {
    const key = await refusedAt('stop')
    setReadOnly(true)
    again()
    expect((await until(key, 'ended')).note).toContain('Read-only mode is on')
    expect(await bigv.writes()).toEqual([stop()])
  })

  test.each([status(503), cut])('if the fetch fails', async (answer) => {
    const key = await refusedAt('stop')
    await bigv.answer('GET', answer)
    again()
    expect((await until(key, 'ended')).note).toContain('Not sent again: couldn’t load the current state.')
    expect(await bigv.writes()).toEqual([stop()])
  })

  test('which says what the operation had already changed', async () => {
    await bigv.answer('POST', status(401))
    const key = await signingIn('shut_down')
    cancelSignInAgain()
    expect((await until(key, 'ended')).note).toBe(
      `${REFUSED} Not sent again. Before that, automatic restart was turned off.`,
    )
  })
})

describe('after a new sign-in, the user is asked before a write is sent again', () => {
  test('if more than a minute has passed', async () => {
    const key = await refusedAt('stop')
    pass(60_001)
    again()
    expect((await until(key, 'asking')).note).toBe('More than a minute has passed. Send it anyway?')
    expect(await bigv.writes()).toEqual([stop()])
    answerQuestion(key, true)
    expect((await until(key, 'ended')).outcome).toBe('done')
    expect(await bigv.writes()).toEqual([stop(), stop()])
  })

  test.each([
    ['name', { name: 'db' }, 'Running, automatic restart on'],
    ['power_on', { power_on: false }, 'Restarting, automatic restart on'],
    ['autoreboot_on', { autoreboot_on: false }, 'Running, automatic restart off'],
  ])('if %s has changed: the dialog shows the change, and No sends nothing', async (_, change, shown) => {
    const key = await refusedAt('stop')
    // Time is paused: with autoreboot_on, BigV would turn the machine on again at once.
    await bigv.control.pauseTime()
    await bigv.set(change)
    again()
    expect((await until(key, 'asking')).note).toBe(
      `The machine has changed in the meantime: ${shown}. Send it anyway?`,
    )
    answerQuestion(key, false)
    expect(await until(key, 'ended')).toMatchObject({
      outcome: 'refused',
      note: `${REFUSED} Not sent again.`,
    })
    expect(await bigv.writes()).toEqual([stop()])
  })

  test('if a value that the write’s form showed has changed', async () => {
    const key = await refusedAt('change', { attributes: { cores: 2 } })
    await bigv.set({ cores: 4 })
    again()
    expect((await until(key, 'asking')).note).toBe(
      'A value in the form has changed elsewhere in the meantime. Send it anyway?',
    )
    answerQuestion(key, false)
    await until(key, 'ended')
    expect((await bigv.vm()).cores).toBe(4)
  })

  test('but not because of what the operation itself has changed', async () => {
    await bigv.answer('POST', status(401))
    const key = await signingIn('shut_down')
    again()
    await until(key, ({ phase }) => phase === 'asking' || phase === 'waiting').then(({ phase }) =>
      expect(phase).toBe('waiting'),
    )
  })

  test('and Yes sends the requests that the machine’s new state needs', async () => {
    // The PUT wasn't needed until someone turned autoreboot_on on. Without the PUT, the machine would now turn back on.
    await bigv.set({ autoreboot_on: false })
    const key = await refusedAt('shut_down')
    await bigv.set({ autoreboot_on: true })
    again()
    await until(key, 'asking')
    answerQuestion(key, true)
    const { autoreboot } = await until(key, 'waiting')
    expect(await bigv.writes()).toEqual([powerdown(), keepOff(), powerdown()])
    expect(autoreboot).toEqual({ before: true, after: false })
  })

  test('and asked again if the machine changes before they answer', async () => {
    const key = await refusedAt('stop')
    pass(60_001)
    again()
    await until(key, 'asking')
    await bigv.set({ autoreboot_on: false })
    answerQuestion(key, true)
    const asked = await until(key, ({ phase, note }) => phase === 'asking' && !note.startsWith('More'))
    expect(asked.note).toMatch(/^The machine has changed in the meantime: Running, automatic restart off\./)
    expect(await bigv.writes()).toEqual([stop()])
    answerQuestion(key, true)
    expect((await until(key, 'ended')).outcome).toBe('done')
  })

  test('only once, because their answer is final', async () => {
    const key = await refusedAt('stop')
    pass(60_001)
    again()
    await until(key, 'asking')
    answerQuestion(key, false)
    answerQuestion(key, true)
    answerQuestion('nobody', true)
    await until(key, 'ended')
    expect(await bigv.writes()).toEqual([stop()])
  })
})

describe('the fetch before a write, answered with 401,', () => {
  test('is repeated once the same user has signed in again, then the operation begins', async () => {
    await bigv.answer('GET', status(401))
    const begun = beginOperation({ bound: boundBy('stop'), ref: REF, id: bigv.id, name: 'web' })
    await vi.waitFor(() => expect(currentSession().expired).toBe(true))
    expect(await bigv.log()).toEqual(['GET'])
    again()
    expect((await begun).is).toBe('begun')
    await vi.waitFor(async () => expect(await bigv.log()).toEqual(['GET', 'GET', stop()]))
  })

  test.each([
    ['the user cancels the sign-in', cancelSignInAgain, { is: 'fetch failed', error: { status: 401 } }],
    [
      'another user signs in',
      () => again('colleague'),
      { is: 'refused', reason: expect.stringContaining('Another user signed in') },
    ],
    [
      'more than a minute has passed',
      () => {
        pass(60_001)
        again()
      },
      { is: 'refused', reason: expect.stringContaining('more than a minute') },
    ],
  ])('isn’t followed by a write if %s', async (_, act, how) => {
    await bigv.answer('GET', status(401))
    const begun = beginOperation({ bound: boundBy('stop'), ref: REF, id: bigv.id, name: 'web' })
    await vi.waitFor(() => expect(currentSession().expired).toBe(true))
    act()
    expect(await begun).toMatchObject(how)
    expect(await bigv.log()).toEqual(['GET'])
  })
})

test('several operations wait for one sign-in, and each is then sent once more', async () => {
  await bigv.answer('PUT', status(401), status(401))
  const db = await bigv.add({ name: 'db', power_on: true, autoreboot_on: true })
  const heard: boolean[] = []
  const end = subscribeSession(() => heard.push(currentSession().expired))
  const keys = [await signingIn('stop')]
  const other = await beginOperation({
    bound: boundBy('autoreboot_off'),
    ref: REF,
    id: db,
    name: 'db',
  })
  if (other.is !== 'begun') throw new Error('It did not begin.')
  await until(other.key, 'signing in')
  again()
  for (const key of [...keys, other.key]) await until(key, 'ended')
  expect(await bigv.writes()).toHaveLength(4)
  expect(heard).toEqual([true, false])
  end()
})
