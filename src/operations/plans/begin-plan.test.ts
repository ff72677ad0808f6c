import { afterEach, describe, expect, test, vi } from 'vitest'
import { machineActions, type MachineActionName as MachineAction } from '../../actions/index.ts'
import { boundBy } from '../../actions/testing/bound.ts'
import { ApiError } from '../../api/errors.ts'
import { machineData, REF } from '../../api/testing/machines.ts'
import { status } from '../../api/testing/simulated-bigv.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { cancelSignInAgain, currentSession, signIn } from '../../session/session.ts'
import { machineDisabledReason, noteForbidden } from '../disabled-reason.ts'
import { clearPlans, dismissPlan, findPlan, planOn, plans, putPlan } from '../plan-store.ts'
import { stepOf, type Plan } from '../plan.ts'
import { setReadOnly } from '../../session/read-only.ts'
import { beginOperation } from '../run.ts'
import { findOperation, operations, putOperation } from '../store.ts'
import { DEMO, until, useMachineAtBigv } from '../testing/machine-at-bigv.ts'
import { operation, plan } from '../testing/samples.ts'
import { beginPlan, planRequests } from './begin-plan.ts'
import { begunPlan, KINDS, PLANS, untilPlan, type Kind } from './testing/plan-at-bigv.ts'
import { planOptions } from './plan-summary.ts'

vi.mock('./pause.ts', () => ({ AGAIN_MS: 0, pause: () => new Promise((resolve) => setTimeout(resolve, 1)) }))

const bigv = useMachineAtBigv()
afterEach(clearPlans)

const asked = (kind: Kind, decidedOn = {}) => ({
  bound: PLANS[kind],
  ref: REF,
  id: bigv.id,
  decidedOn: { name: 'web', power_on: true, autoreboot_on: true, ...decidedOn },
  forceAfter: null,
})

/** Begins a plan with a slow guest. */
async function waiting(kind: Kind, forceAfter: number | null = null): Promise<Plan> {
  const key = await begunPlan(bigv, kind, { forceAfter })
  const plan = await untilPlan(key, (each) => (stepOf(each)?.operation ?? null) !== null)
  await until(stepOf(plan)?.operation ?? '', 'waiting')
  return findPlan(key) as Plan
}

describe('the dialog shows the requests that the plan sends', () => {
  const cases = KINDS.flatMap((kind) =>
    [true, false].flatMap((autoreboot_on) =>
      [null, 30].map((force) => [kind, autoreboot_on, force] as const),
    ),
  )
  test.each(cases)(
    'for %s with autoreboot_on %s, and a force stop after this many ms: %s',
    async (kind, autoreboot_on, forceAfter) => {
      await bigv.set({ autoreboot_on })
      // In the cases with a force stop, the guest ignores the shutdown.
      if (forceAfter === null) await bigv.obey()
      const shown = planRequests(REF, await bigv.vm(), PLANS[kind], forceAfter)
      const decidedOn = { ...asked(kind, { autoreboot_on }).decidedOn }
      const plan = await untilPlan(await begunPlan(bigv, kind, { decidedOn, forceAfter }), 'done')
      expect(await bigv.writes()).toEqual(shown.map(({ method, path, body }) => [method, path, body]))
      expect(shown.filter(({ only }) => only !== undefined)).toHaveLength(forceAfter === null ? 0 : 1)
      expect(plan.steps[0]?.note.startsWith('Force stopped.')).toBe(forceAfter !== null)
    },
  )
})

describe('a plan doesn’t begin', () => {
  afterEach(async () => {
    expect(await bigv.writes()).toEqual([])
    expect(plans()).toEqual([])
    expect(operations().filter(({ action }) => action === 'shut_down')).toEqual([])
  })

  test.each([
    ['the machine is off', { power_on: false, autoreboot_on: false }, 'Not running.'],
    ['the machine is deleted', { deleted: true }, 'Deleted. Undelete it first.'],
  ])('if %s', async (_, vm, reason) => {
    await bigv.set(vm)
    expect(await beginPlan(asked('change'))).toEqual({ is: 'refused', reason })
  })

  test.each([
    ['name', { name: 'db' }],
    ['state of automatic restart', { autoreboot_on: false }],
    ['size', { decidedOn: [8, 1024] }],
  ])('if the dialog showed another %s', async (_, decidedOn) => {
    expect(await beginPlan(asked('change', decidedOn))).toMatchObject({
      is: 'changed',
      machine: { vm: { name: 'web' } },
    })
  })

  test('if the fetch fails', async () => {
    await bigv.answer('GET', status(500))
    expect(await beginPlan(asked('change'))).toMatchObject({ is: 'fetch failed', error: { status: 500 } })
  })

  test('if another tab has begun a plan on the machine in the meantime', async () => {
    const theirs = plan({ key: 'theirs', target: bigv.target, otherTab: true })
    bigv.onAnswer = () => putPlan(theirs)
    expect(await beginPlan(asked('change'))).toMatchObject({
      is: 'refused',
      reason: expect.stringMatching(/in another tab\. Cancel it first\.$/),
    })
    clearPlans()
  })

  test('in read-only mode, or while another operation is running', async () => {
    setReadOnly(true)
    expect(await beginPlan(asked('change'))).toMatchObject({ is: 'refused' })
    setReadOnly(false)
    putOperation(operation({ action: 'delete', target: bigv.target, phase: 'sending' }))
    expect(await beginPlan(asked('change'))).toEqual({
      is: 'refused',
      reason: '“Delete” is still running.',
    })
  })
})

/** Begins a plan whose first fetch gets a 401, and waits until the session has expired. */
async function refused() {
  await bigv.answer('GET', status(401))
  const begun = beginPlan(asked('change'))
  await vi.waitFor(() => expect(currentSession().expired).toBe(true), { timeout: 5_000 })
  return () => begun
}
const again = () => signIn({ ...DEMO }, false)

describe('if the fetch before a plan gets a 401,', () => {
  test('the plan begins once the user has signed in again', async () => {
    const begun = await refused()
    again()
    expect(await begun()).toMatchObject({ is: 'begun', key: plans()[0]?.key })
  })

  test.each([
    ['more than a minute', () => (vi.setSystemTime(Date.now() + 60_001), again()), /more than a minute/],
    ['as another user', () => signIn({ ...DEMO, username: 'colleague' }, false), /^Another user signed in/],
  ])('the plan doesn’t begin if the user signs in %s', async (_, act, reason) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const begun = await refused()
    act()
    expect(await begun()).toEqual({ is: 'refused', reason: expect.stringMatching(reason) })
    expect([plans(), await bigv.writes()]).toEqual([[], []])
    vi.useRealTimers()
  })

  test('the plan doesn’t begin if the user declines to sign in', async () => {
    const begun = await refused()
    cancelSignInAgain()
    expect(await begun()).toMatchObject({ is: 'fetch failed', error: { status: 401 } })
    expect([plans(), await bigv.writes()]).toEqual([[], []])
  })
})

test('two clicks begin only one plan', async () => {
  const begun = await Promise.all([beginPlan(asked('rescue')), beginPlan(asked('rescue'))])
  expect(begun.map(({ is }) => is).sort()).toEqual(['begun', 'refused'])
})

const PARAMS: Partial<Record<MachineAction, unknown>> = {
  move_disc: { id: 1, to: { ...REF, id: 8, name: 'db' } },
  swap_ips: { other: { ...REF, id: 8, name: 'db' }, additional: false },
}

describe('a running plan', () => {
  test('blocks every action except Force stop and key presses, in every state', async () => {
    const plan = await waiting('change')
    const locked = '“Shut down, change, start” is running. Cancel it first.'
    for (const action of Object.keys(machineActions) as MachineAction[]) {
      const free = action === 'stop' || action === 'send_keys'
      expect(
        machineDisabledReason(machineActions[action], machineData(), undefined, false, 0, plan),
        action,
      ).toBe(free ? machineActions[action].disabledReason(machineData()) : locked)
      if (free) continue
      const begun = await beginOperation({
        bound: boundBy(action, PARAMS[action]),
        ref: REF,
        id: bigv.id,
        name: 'web',
      })
      expect(begun, action).toEqual({ is: 'refused', reason: locked })
    }
    expect(await beginPlan(asked('rescue'))).toEqual({ is: 'refused', reason: locked })
  })

  test('is halted by the user’s Force stop, so that nothing turns the machine on again', async () => {
    const { key } = await waiting('change')
    const begun = await beginOperation({ bound: boundBy('stop'), ref: REF, id: bigv.id, name: 'web' })
    if (begun.is === 'begun') await until(begun.key, 'ended')
    expect(findPlan(key)).toMatchObject({
      phase: 'halted',
      stopped: true,
      note: 'You pressed “Force stop”.',
    })
    expect(await bigv.vm()).toMatchObject({ power_on: false, autoreboot_on: false })
    expect(await bigv.writes()).toHaveLength(3)
  })

  test('continues after a force stop of its own, which is part of a step', async () => {
    const { key, steps } = await waiting('change')
    await beginOperation({ bound: boundBy('stop'), ref: REF, id: bigv.id, name: 'web', plan: key })
    expect((await untilPlan(key, ({ phase }) => phase !== 'running')).phase).toBe('done')
    expect(findOperation(steps[0]?.operation ?? '')?.note).toBe('Replaced by “Force stop”.')
    expect(operations().map(({ action }) => action)).toEqual(['shut_down', 'stop', 'change', 'start'])
  })

  test('can’t be dismissed', async () => {
    const { key } = await waiting('rescue')
    dismissPlan(key)
    expect(findPlan(key)?.phase).toBe('running')
  })
})

test('another action on the machine dismisses a plan that is done', async () => {
  await bigv.obey()
  await untilPlan(await begunPlan(bigv, 'rescue'), 'done')
  await beginOperation({ bound: boundBy('stop'), ref: REF, id: bigv.id, name: 'web' })
  expect(plans()).toMatchObject([{ phase: 'done', dismissed: true }])
  expect(planOn(plans(), bigv.id)).toBeUndefined()
})

test('fifty dismissed plans are kept for the activity page; the oldest are dropped first', () => {
  for (let id = 1; id <= 53; id++) {
    putPlan(plan({ key: `p${id}`, phase: 'done', target: { ...REF, id, name: 'web' } }))
    dismissPlan(`p${id}`)
  }
  expect(plans().map(({ key }) => key)).toEqual(Array.from({ length: 51 }, (_, index) => `p${index + 3}`))
  putPlan(plan({ key: 'next' }))
  expect(plans().map(({ key }) => key)[0]).toBe('p4')
  expect(plans().at(-1)?.key).toBe('next')
})

const halted = (given: Partial<Plan> = {}): Plan => ({ ...(plans()[0] as Plan), phase: 'halted', ...given })

describe('the options for a plan that has ended', () => {
  const on: Partial<VirtualMachine> = { power_on: true, autoreboot_on: true }
  const off: Partial<VirtualMachine> = { power_on: false, autoreboot_on: false }

  test.each<[Kind, boolean, Partial<VirtualMachine> | null, string[]]>([
    ['change', false, off, ['resume', 'start']],
    ['change', true, off, ['start']],
    ['change', false, on, ['resume']],
    ['change', false, { ...on, autoreboot_on: false }, ['resume', 'restore autoreboot_on']],
    ['change', false, { power_on: false, autoreboot_on: true }, ['resume']],
    ['reimage', false, off, ['resume', 're-enter', 'start']],
    ['reimage', true, off, ['re-enter', 'start']],
    ['rescue', false, off, ['resume', 'start']],
    ['rescue', false, { ...off, deleted: true }, []],
    ['rescue', false, null, []],
  ])('for $0 (a secret is missing: $1) are $3', async (kind, missing, vm, options) => {
    await waiting(kind)
    expect(planOptions(halted(), missing, vm === null ? undefined : machineData(vm))).toEqual(options)
  })

  test('are only to restore autoreboot_on, if it differs, once the plan is done', async () => {
    await waiting('reimage')
    expect(
      planOptions(halted({ phase: 'done' }), false, machineData({ ...on, autoreboot_on: false })),
    ).toEqual(['restore autoreboot_on'])
    expect(planOptions(halted({ phase: 'done' }), false, machineData(on))).toEqual([])
  })
})

test('a plan doesn’t begin, and shuts nothing down, if BigV forbade its main action before', async () => {
  const trace = { method: 'PUT', path: '/x', status: 403, startedAt: 0, duration: 0 } as const
  const error = new ApiError('Not allowed (403).', { kind: 'refused', trace, sent: 'yes' })
  noteForbidden(machineActions.change, { ...REF, id: bigv.id, name: 'web' }, error)
  expect(await beginPlan(asked('change'))).toMatchObject({
    is: 'refused',
    reason: expect.stringMatching(/^Not allowed \(403\)/),
  })
  expect(await bigv.writes()).toEqual([])
})
