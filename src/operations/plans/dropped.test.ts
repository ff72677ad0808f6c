import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bind } from '../../actions/action.ts'
import { change } from '../../actions/hardware.ts'
import { failWhen, status, type Received } from '../../api/testing/simulated-bigv.ts'
import { clearPlans, findPlan } from '../plan-store.ts'
import { stepOf, type Plan } from '../plan.ts'
import { operations } from '../store.ts'
import { until, useMachineAtBigv } from '../testing/machine-at-bigv.ts'
import { fetchNow } from '../watch-rounds.ts'
import { stopWatching } from '../watch.ts'
import { begunPlan, untilPlan, type Kind, type Written } from './testing/plan-at-bigv.ts'
import {
  expectSentOnce,
  expectTruth,
  FAILING,
  failOnce,
  resumesToEnd,
  settled,
} from './testing/plan-truth.ts'
import { planSummary } from './plan-summary.ts'

const bigv = useMachineAtBigv()
beforeEach(() => bigv.obey())
afterEach(clearPlans)

describe('if BigV confirms a write but doesn’t do it, the step isn’t ticked, and the page says so', () => {
  // The machine in BigV's answer: as it really is, as requested, or missing.
  const ANSWERS = {
    'with the machine as it is': () => bigv.vm(),
    'as if it were done': async ({ body }: Received) => ({ ...(await bigv.vm()), ...(body as object) }),
    'with nothing': () => Promise.resolve({}),
  }
  const cases = FAILING.flatMap(([kind, role]) =>
    Object.keys(ANSWERS).map((how) => [kind, role, how as keyof typeof ANSWERS] as const),
  )
  const dropped = (kind: Kind, role: Written, how: keyof typeof ANSWERS) => {
    failOnce(bigv, role, async (received) =>
      status(200, received.method === 'POST' ? received.body : await ANSWERS[how](received)),
    )
    return begunPlan(bigv, kind)
  }

  test.each(cases)('in a %s plan, for the write “%s”, answered %s', async (kind, role, how) => {
    const key = await dropped(kind, role, how)
    // A dropped signal or re-image looks like a slow one, so the plan waits.
    const waits = role === 'shut down' || kind === 'reimage'
    if (waits) {
      const operation = stepOf(await untilPlan(key, begun(role)))?.operation ?? ''
      const { phase } = await until(operation, 'waiting')
      fetchNow(operation)
      await settled()
      expect(phase).toBe('waiting')
      expect(await expectTruth(bigv, findPlan(key) as Plan)).toMatch(
        kind === 'reimage' ? /may or may not have/ : /^On\./,
      )
      stopWatching(operation)
    }
    const plan = await untilPlan(key, 'halted')
    expect(plan.note).toMatch(waits ? /no longer watching/ : /: superseded\. .* (is|shows)/)
    expect(stepOf(plan)?.role).toBe(role === 'keep off' ? 'shut down' : role)
    await expectTruth(bigv, plan)
    await expectSentOnce(bigv)
    await resumesToEnd(bigv, plan, kind)
  })

  test('for the force stop of a plan', async () => {
    await bigv.set({ ignores_acpi: true })
    failWhen(bigv, isStop, async () =>
      status(200, { ...(await bigv.vm()), power_on: false, autoreboot_on: false }),
    )
    const plan = await untilPlan(await begunPlan(bigv, 'change', { forceAfter: 0 }), 'halted')
    expect(plan.note).toMatch(
      /^Force stop: superseded\. BigV reported success, but the machine shows: Running, automatic restart off\. PUT \S+ → 200 after/,
    )
    expect(await expectTruth(bigv, plan)).toMatch(/^On\. .*The change was not made\./)
  })

  test('for a move, after which the plan finds the machine in its old group', async () => {
    failOnce(bigv, 'action', async () => status(200, { ...(await bigv.vm()), group_id: 9 }))
    const plan = await untilPlan(
      await begunPlan(bigv, 'change', {
        bound: bind(change, { attributes: { group_id: 9 }, movesTo: 'empty' }),
      }),
      'halted',
    )
    expect(plan.note).toMatch(
      /^Change: superseded\. BigV reported success, but the machine shows: group id \d+\. PUT \S+ → 200 after/,
    )
    expect(plan.target.group).toBe('default')
  })
})

test('a plan says that someone else has changed a value after the plan had changed it', async () => {
  const plan = await untilPlan(await begunPlan(bigv, 'change'), 'done')
  await bigv.set({ cores: 4 })
  expect(planSummary(plan, { vm: await bigv.vm(), creating: false }, operations())).toContain(
    'The change was made, but the machine was changed again since: cores is 4.',
  )
})

/** True once the operation for this step has begun. */
const begun = (role: Written) => (plan: Plan) =>
  stepOf(plan)?.role === role && (stepOf(plan)?.operation ?? null) !== null

const isStop = ({ body }: Received) =>
  typeof body === 'object' && body !== null && 'power_on' in body && body.power_on === false
