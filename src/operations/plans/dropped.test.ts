import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { json, type Received } from '../../api/testing/fake-bigv.ts'
import { giveUp } from '../patience.ts'
import { operations } from '../store.ts'
import { machineAtBigv, status, until, type MachineAtBigv } from '../testing/machine-at-bigv.ts'
import { begunPlan, untilPlan, writtenFor } from '../testing/plan-at-bigv.ts'
import {
  expectSentOnce,
  expectTruth,
  failOnce,
  FAILING,
  goesOn,
  settled,
  type Written,
} from '../testing/plan-truth.ts'
import { PATH } from '../../api/testing/machines.ts'
import { lookNow } from '../watch.ts'
import { whatIsLeft } from './left.ts'
import { stepOf, type Plan, type PlanKind, type StepAction } from './plan.ts'
import { clearPlans, findPlan } from './store.ts'

let bigv: MachineAtBigv

beforeEach(async () => {
  bigv = await machineAtBigv()
  bigv.obeys = true
})
afterEach(async () => {
  clearPlans()
  await bigv.close()
})

describe('where BigV answers a write and drops it, the step is not ticked, and what is said is so', () => {
  // What the answer shows, where it is a machine's: as it is, as was asked for, or nothing.
  const ANSWERS = {
    'with the machine as it is': () => ({ ...bigv.vm }),
    'as if it were done': ({ body }: Received) => ({ ...bigv.vm, ...(body as object) }),
    'with nothing': () => ({}),
  }
  const cases = FAILING.flatMap(([kind, action]) =>
    Object.keys(ANSWERS).map((how) => [kind, action, how as keyof typeof ANSWERS] as const),
  )
  const dropped = (kind: PlanKind, action: Written, how: keyof typeof ANSWERS) => {
    failOnce(bigv, action, (request, response) =>
      json(response, 200, request.method === 'POST' ? request.body : ANSWERS[how](request)),
    )
    return begunPlan(kind)
  }

  test.each(cases)('%s, at %s, answered %s', async (kind, action, how) => {
    const key = await dropped(kind, action, how)
    // Whether a signal or a re-image was dropped cannot be told from one that takes its time: it is waited for.
    const waits = action === 'shut_down' || action === 'reimage'
    if (waits) {
      const operation = stepOf(await untilPlan(key, begun(action)))?.operation ?? ''
      const { phase } = await until(operation, 'waiting')
      lookNow(operation)
      await settled()
      expect(phase).toBe('waiting')
      expect(expectTruth(bigv, findPlan(key) as Plan)).toMatch(
        action === 'reimage' ? /is not known/ : /^On\./,
      )
      giveUp(operation)
    }
    const plan = await untilPlan(key, 'halted')
    expect(plan.note).toMatch(waits ? /no longer watching/ : /: superseded\. .* (reads|shows)/)
    expect(stepOf(plan)?.action).toBe(action === 'keep off' ? 'shut_down' : action)
    expectTruth(bigv, plan)
    expectSentOnce(bigv)
    // What was to keep it off and was dropped has BigV turn it on again.
    if (bigv.vm.autoreboot_on) bigv.vm.power_on = true
    await goesOn(bigv, plan, kind)
  })

  test('the plug that is pulled', async () => {
    bigv.obeys = false
    bigv.intercept = ({ body }) =>
      isStop(body)
        ? (_, response) => json(response, 200, { ...bigv.vm, power_on: false, autoreboot_on: false })
        : undefined
    const plan = await untilPlan(await begunPlan('change', { forceAfter: 0 }), 'halted')
    expect(plan.note).toMatch(
      /^Force stop: superseded\. BigV answered as if it were done, but read again it shows: Running, autoreboot_on no\. PUT \S+ → 200 after/,
    )
    expect(expectTruth(bigv, plan)).toMatch(/^On\. .*The change is not made\./)
  })

  test('a move: the machine is found where it was', async () => {
    const elsewhere = PATH.replace('default', 'web')
    bigv.intercept = (request) => {
      if (request.path === elsewhere) return status(404)
      return writtenFor(request) === 'change'
        ? (_, response) => json(response, 200, { ...bigv.vm, group_id: 9 })
        : undefined
    }
    const plan = await untilPlan(
      await begunPlan('change', { patch: { group_id: 9 }, movesTo: 'web' }),
      'halted',
    )
    expect(plan.note).toMatch(
      /^Change: superseded\. BigV answered as if it were done, but read again it shows: group_id null\. PUT \S+ → 200 after/,
    )
    expect(plan.target.group).toBe('default')
  })
})

test('a change that somebody takes back after it was seen is not told as if it were there', async () => {
  const plan = await untilPlan(await begunPlan('change'), 'done')
  bigv.vm.cores = 4
  const { vm } = bigv
  expect(whatIsLeft(plan, { vm: { ...vm }, creating: false }, operations())).toContain(
    'The change was made; by now cores reads 4.',
  )
})

/** Whether the operation for this step was begun. */
const begun = (action: StepAction) => (plan: Plan) =>
  stepOf(plan)?.action === action && (stepOf(plan)?.operation ?? null) !== null

const isStop = (body: unknown) =>
  typeof body === 'object' && body !== null && 'power_on' in body && body.power_on === false
