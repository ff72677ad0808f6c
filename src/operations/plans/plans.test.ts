import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { times } from '../../../simulator/rules/limits.ts'
import { bind } from '../../actions/action.ts'
import { change } from '../../actions/hardware.ts'
import { fetchGroups } from '../../api/groups.ts'
import { cut, cutAfter, status, type Fault } from '../../api/testing/simulated-bigv.ts'
import { cancelSignInAgain, signIn, signOut } from '../../session/session.ts'
import { clearPlans, findPlan, plans } from '../plan-store.ts'
import { stepOf, type Plan } from '../plan.ts'
import { setReadOnly } from '../../session/read-only.ts'
import { findOperation, operations } from '../store.ts'
import { DEMO, until, useMachineAtBigv } from '../testing/machine-at-bigv.ts'
import { fetchNow } from '../watch-rounds.ts'
import { stopWatching } from '../watch.ts'
import { stopPlan } from './control.ts'
import {
  before,
  begunPlan,
  KINDS,
  rolesOf,
  untilPlan,
  type Kind,
  type Role,
  type Written,
} from './testing/plan-at-bigv.ts'
import {
  ended,
  expectSentOnce,
  expectTruth,
  FAILING,
  failOnce,
  resumesToEnd,
  settled,
} from './testing/plan-truth.ts'
import { planSummary } from './plan-summary.ts'

// Temporary failures are retried at once.
const { pauses } = vi.hoisted(() => ({ pauses: [] as number[] }))
vi.mock('./pause.ts', () => ({
  AGAIN_MS: 2_000,
  pause(ms: number) {
    pauses.push(ms)
    return new Promise((resolve) => setTimeout(resolve, 1))
  },
}))

const bigv = useMachineAtBigv()
beforeEach(async () => {
  pauses.length = 0
  await bigv.obey()
})
afterEach(clearPlans)

const put = (body: object) => ['PUT', bigv.path, body]
const keepOff = () => put({ autoreboot_on: false })
const powerdown = () => ['POST', `${bigv.path}/signal`, { signal: 'powerdown' }]
const written = (kind: Kind): unknown[] =>
  ({
    change: [put({ cores: 2, memory: 512 }), put({ autoreboot_on: true, power_on: true })],
    reimage: [['POST', `${bigv.path}/reimage`, { distribution: 'wheezy', root_password: 's3cret' }]],
    rescue: [put({ appliance: { name: 'rescue', permanent: false }, autoreboot_on: true, power_on: true })],
  })[kind]
const OFF = { power_on: false, autoreboot_on: false }
const again = () => signIn({ ...DEMO }, false)

describe('a plan that succeeds', () => {
  test.each(KINDS)('ticks each step of a %s once that step is done', async (kind) => {
    const plan = await untilPlan(await begunPlan(bigv, kind), 'done')
    expect(plan.steps.map(({ done }) => done)).toEqual(rolesOf(kind).map(() => true))
    expect(await bigv.writes()).toEqual([keepOff(), powerdown(), ...written(kind)])
    await expectTruth(bigv, plan)
    expect(operations().map(({ plan }) => plan)).toEqual(rolesOf(kind).map(() => plan.key))
  })

  test('leaves automatic restart off if it was off before the plan', async () => {
    await bigv.set({ autoreboot_on: false })
    const decidedOn = { name: 'web', power_on: true, autoreboot_on: false, decidedOn: [1, 1024] }
    const plan = await untilPlan(await begunPlan(bigv, 'change', { decidedOn }), 'done')
    expect(await bigv.writes()).toEqual([
      powerdown(),
      put({ cores: 2, memory: 512 }),
      put({ autoreboot_on: false, power_on: true }),
    ])
    expect(await bigv.vm()).toMatchObject({ power_on: true, autoreboot_on: false })
    expect(plan.note).toBe('')
  })

  test('that moves the machine sends its last step to the new group', async () => {
    const groups = await fetchGroups('acme')
    const group_id = groups.find(({ name }) => name === 'empty')?.id
    await bigv.control.clearRequests()
    const key = await begunPlan(bigv, 'change', {
      bound: bind(change, { attributes: { group_id, name: 'db' }, movesTo: 'empty' }),
    })
    const { target } = await untilPlan(key, 'done')
    expect(target).toMatchObject({ group: 'empty', name: 'db' })
    expect((await bigv.writes()).at(-1)).toEqual([
      'PUT',
      bigv.path.replace('default', 'empty'),
      { autoreboot_on: true, power_on: true },
    ])
  })
})

describe('a plan reports the real state after a failed write', () => {
  describe.each(FAILING)('in a %s plan, if the write “%s”', (kind, role) => {
    test.each(kind === 'change' ? [400, 403, 404, 409, 413, 422, 429] : [422])(
      'is refused with %i',
      async (code) => {
        const plan = await failed(kind, role, status(code))
        expect(plan.note).toMatch(
          new RegExp(`: refused\\. .* (PUT|POST) ${bigv.path}\\S* → ${code} after \\d`),
        )
        await expectTruth(bigv, plan)
        await expectSentOnce(bigv)
        await resumesToEnd(bigv, plan, kind)
      },
    )

    test.each(kind === 'change' ? [500, 503] : [500])('is answered with %i and not done', async (code) => {
      const plan = await failed(kind, role, status(code))
      expect(plan.note).toContain('may or may not have')
      await expectTruth(bigv, plan)
      await expectSentOnce(bigv)
      await resumesToEnd(bigv, plan, kind)
    })

    test('is cut off before BigV does it', async () => {
      const plan = await failed(kind, role, cut)
      expect(plan.note).toMatch(
        /The connection failed before BigV answered\. BigV may or may not have carried out the request/,
      )
      await expectTruth(bigv, plan)
      await expectSentOnce(bigv)
      await resumesToEnd(bigv, plan, kind)
    })

    test('is answered with a web page', async () => {
      const plan = await failed(kind, role, { kind: 'html' })
      expect(plan.note).toContain('may or may not have')
      await expectTruth(bigv, plan)
      await expectSentOnce(bigv)
      await resumesToEnd(bigv, plan, kind)
    })

    test('is done but gets no answer; the step is ticked if the machine shows it done', async () => {
      const plan = await failed(kind, role, cutAfter)
      const seen = kind === 'change' && role !== 'keep off'
      expect(plan.phase).toBe(seen ? 'done' : 'halted')
      await expectTruth(bigv, plan)
      await expectSentOnce(bigv)
    })

    test('is never sent, because the proxy can’t reach BigV', async () => {
      const plan = await failed(kind, role, status(502, { reason: 'no such host', sent: false }))
      // The signal that shuts down follows a request that turns automatic restart off.
      const truth =
        role === 'shut down' ? 'Before that, automatic restart was turned off.' : 'Nothing was sent.'
      expect(plan.note).toContain(truth)
      await expectTruth(bigv, plan)
      await resumesToEnd(bigv, plan, kind)
    })

    test('is answered with 401; the plan continues once the user has signed in again', async () => {
      failOnce(bigv, role, status(401))
      const key = await begunPlan(bigv, kind)
      await signingIn()
      again()
      await expectTruth(bigv, await untilPlan(key, 'done'))
    })

    test('is answered with 401 and the user cancels the sign-in', async () => {
      failOnce(bigv, role, status(401))
      const key = await begunPlan(bigv, kind)
      await signingIn()
      cancelSignInAgain()
      const plan = await untilPlan(key, 'halted')
      expect(plan.note).toContain('Not sent again.')
      await expectTruth(bigv, plan)
      again()
      await resumesToEnd(bigv, plan, kind)
    })
  })
})

/** Each step of a change. For the other kinds, only the main action. */
const STEPS: readonly (readonly [Kind, Role])[] = [
  ...rolesOf('change').map((role) => ['change', role] as const),
  ['reimage', 'action'],
  ['rescue', 'action'],
]

describe('a plan that fetches the machine before each step', () => {
  describe.each(STEPS)('(%s plan, before “%s”)', (kind, role) => {
    test('halts if someone has deleted the machine', async () => {
      const plan = await meanwhile(kind, role, () => bigv.set({ deleted: true, ...OFF }))
      expect(plan.note).toBe('The machine was deleted in the meantime.')
      await expectTruth(bigv, plan)
    })

    test('halts if someone has purged the machine', async () => {
      const plan = await meanwhile(kind, role, () => bigv.control.removeMachine(bigv.id))
      expect(plan.note).toMatch(/^Couldn’t load the machine first: /)
      expect(planSummary(plan, undefined, operations())[0]).toBe(
        'Couldn’t load the machine, so its power state isn’t known.',
      )
    })

    test('halts before its main action if someone has turned on the machine', async () => {
      const plan = await meanwhile(kind, role, () => bigv.set({ power_on: true }))
      if (role !== 'action') expect(plan.phase).toBe('done')
      else {
        expect(plan.note).toMatch(/^The machine is no longer off: Running/)
        await expectTruth(bigv, plan)
        expect(await bigv.writes()).toEqual([keepOff(), powerdown()])
        await resumesToEnd(bigv, plan, kind)
      }
    })

    test('halts if someone has turned on automatic restart, unless only the start is left', async () => {
      const plan = await meanwhile(kind, role, async () => {
        // Before the start step, the machine is already on again. Before the other steps, it shows as restarting.
        if (role !== 'start') await bigv.control.pauseTime()
        await bigv.set({ power_on: false, autoreboot_on: true })
        if (role === 'start') await bigv.control.advance(times.notice + times.start)
      })
      if (role === 'start') expect(plan.phase).toBe('done')
      else {
        expect(plan.note).toMatch(
          /BigV is turning the machine back on\.|^The machine is no longer off: Restarting/,
        )
        await expectTruth(bigv, plan)
      }
    })

    test('continues if someone has turned the machine off', async () => {
      const plan = await meanwhile(kind, role, () => bigv.set(OFF))
      expect(plan.phase).toBe('done')
      await expectTruth(bigv, plan)
    })
  })

  // One kind of plan is enough: for all kinds, the same code fetches the machine, waits for the user and halts.
  describe.each(rolesOf('change'))('a change plan, before its step %s', (role) => {
    const kind = 'change'

    test.each([503, 403])('halts if the fetch keeps failing with %i', async (code) => {
      const plan = await meanwhile(kind, role, () => bigv.answer('GET', { ...status(code), times: null }))
      expect(plan.note).toMatch(/^Couldn’t load the machine first: /)
      await expectTruth(bigv, plan)
      await bigv.control.clearFaults()
      await resumesToEnd(bigv, plan, kind)
    })

    test('continues if the fetch fails only temporarily', async () => {
      const plan = await meanwhile(kind, role, () => bigv.answer('GET', status(503), cut, status(502)))
      expect(plan.phase).toBe('done')
      expect(pauses).toEqual([2_000, 4_000, 8_000])
      await expectSentOnce(bigv)
    })

    test('waits before fetching again for as long as BigV asks to', async () => {
      const plan = await meanwhile(kind, role, () =>
        bigv.answer('GET', { ...status(503), headers: { 'retry-after': '7' } }),
      )
      expect(plan.phase).toBe('done')
      expect(pauses).toEqual([7_000])
      await expectSentOnce(bigv)
    })

    test('continues if the credentials expire and the user signs in again', async () => {
      const key = await begunWith(kind, role, () => bigv.answer('GET', status(401)))
      await untilPlan(key, ({ note }) => note === 'Waiting for you to sign in again.')
      again()
      expect((await untilPlan(key, ended)).phase).toBe('done')
      await expectSentOnce(bigv)
    })

    test('halts if the user takes more than a minute to sign in again', async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
      const key = await begunWith(kind, role, () => bigv.answer('GET', status(401)))
      await untilPlan(key, ({ note }) => note === 'Waiting for you to sign in again.')
      vi.setSystemTime(1_060_001)
      again()
      const plan = await untilPlan(key, ended)
      vi.useRealTimers()
      expect(plan.note).toMatch(/^It took more than a minute/)
      await expectTruth(bigv, plan)
      await resumesToEnd(bigv, plan, kind)
    })

    test('halts if the user doesn’t sign in again', async () => {
      const key = await begunWith(kind, role, () => bigv.answer('GET', status(401)))
      await untilPlan(key, ({ note }) => note === 'Waiting for you to sign in again.')
      cancelSignInAgain()
      const plan = await untilPlan(key, ended)
      expect(plan.note).toBe('Sign-in was cancelled. Nothing more was sent.')
      await expectTruth(bigv, plan)
    })

    test('halts if the user cancels the plan', async () => {
      const key = await begunWith(kind, role, () => stopPlan(plans()[0]?.key ?? ''))
      const plan = await untilPlan(key, ended)
      expect(plan).toMatchObject({ phase: 'halted', stopped: true, note: 'You cancelled the plan.' })
      const sent = (await bigv.writes()).length
      await expectTruth(bigv, plan)
      await settled()
      expect(await bigv.writes()).toHaveLength(sent)
      await resumesToEnd(bigv, plan, kind)
      await expectSentOnce(bigv)
    })

    test('halts in read-only mode', async () => {
      const plan = await meanwhile(kind, role, () => setReadOnly(true))
      expect(plan.note).toContain('Read-only mode is on')
      await expectTruth(bigv, plan)
      setReadOnly(false)
      await resumesToEnd(bigv, plan, kind)
      await expectSentOnce(bigv)
    })
  })

  test('doesn’t overwrite someone else’s new value of the same attribute', async () => {
    const plan = await meanwhile('change', 'action', () => bigv.set({ cores: 4 }))
    expect(plan.note).toBe(
      'The machine was changed elsewhere: cores is 4, not 1. Nothing was sent to change it.',
    )
    await expectTruth(bigv, plan)
    expect(await bigv.writes()).toEqual([keepOff(), powerdown()])
  })

  test('skips its change if someone else has already made the same change', async () => {
    const plan = await meanwhile('change', 'action', () => bigv.set({ cores: 2, memory: 512 }))
    expect(plan.steps[1]).toMatchObject({ done: true, note: 'The machine has these values.' })
    expect(await bigv.writes()).toEqual([
      keepOff(),
      powerdown(),
      put({ autoreboot_on: true, power_on: true }),
    ])
  })
})

describe('a plan whose guest is shutting down', () => {
  beforeEach(() => bigv.set({ ignores_acpi: true }))

  test.each(KINDS)(
    'keeps watching the shutdown, but sends no more, if the user cancels the plan (%s)',
    async (kind) => {
      const key = await waiting(kind)
      const operation = stepOf(findPlan(key) as Plan)?.operation ?? ''
      stopPlan(key)
      const plan = await untilPlan(key, 'halted')
      await expectTruth(bigv, plan)
      expect(findOperation(operation)?.phase).toBe('waiting')
      await bigv.set({ power_on: false })
      await expectTruth(bigv, plan)
      fetchNow(operation)
      await until(operation, 'ended')
      await resumesToEnd(bigv, plan, kind)
      await expectSentOnce(bigv)
    },
  )

  test.each(KINDS)('halts if the user stops watching (%s)', async (kind) => {
    const key = await waiting(kind)
    stopWatching(stepOf(findPlan(key) as Plan)?.operation ?? '')
    const plan = await untilPlan(key, 'halted')
    expect(plan.note).toBe(
      'Shut down: no longer watching. You stopped watching. BigV may still carry out the request.',
    )
    await expectTruth(bigv, plan)
  })

  test.each(KINDS)('is dropped and sends no more if the user signs out (%s)', async (kind) => {
    await waiting(kind)
    signOut()
    clearPlans()
    await bigv.set({ power_on: false })
    await settled()
    expect(plans()).toEqual([])
    expect(await bigv.writes()).toEqual([keepOff(), powerdown()])
  })
})

async function failed(kind: Kind, role: Written, fault: Fault) {
  failOnce(bigv, role, fault)
  return untilPlan(await begunPlan(bigv, kind), ended)
}

/** Begins a plan and calls `act` when this step is next but hasn't begun. */
async function begunWith(kind: Kind, role: Role, act: () => unknown): Promise<string> {
  before(bigv, role, act)
  return begunPlan(bigv, kind)
}

const meanwhile = async (kind: Kind, role: Role, act: () => unknown) =>
  untilPlan(await begunWith(kind, role, act), ended)

/** Begins a plan with a slow guest. */
async function waiting(kind: Kind): Promise<string> {
  const key = await begunPlan(bigv, kind)
  const plan = await untilPlan(key, (each) => (stepOf(each)?.operation ?? null) !== null)
  await until(stepOf(plan)?.operation ?? '', 'waiting')
  return key
}

async function signingIn(): Promise<void> {
  await vi.waitFor(() => expect(operations().at(-1)?.phase).toBe('signing in'), { timeout: 10_000 })
}
