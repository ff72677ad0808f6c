import { afterEach, describe, expect, test } from 'vitest'
import {
  cut,
  cutAfter,
  failWhen,
  status,
  type Fault,
  type Received,
} from '../../api/testing/simulated-bigv.ts'
import { clearPlans, findPlan } from '../plan-store.ts'
import { stepOf, type Plan } from '../plan.ts'
import { findOperation } from '../store.ts'
import { until, useMachineAtBigv } from '../testing/machine-at-bigv.ts'
import { stopWatching } from '../watch.ts'
import { begunPlan, untilPlan } from './testing/plan-at-bigv.ts'
import { ended, expectTruth, resumesToEnd } from './testing/plan-truth.ts'

// The guest ignores the shutdown, and the force stop follows at once. All plans force stop in the same way, so one kind is enough.
const bigv = useMachineAtBigv()
afterEach(clearPlans)

const stopsByForce = ({ body }: Received) =>
  typeof body === 'object' && body !== null && 'power_on' in body && body.power_on === false

/** Makes the first force stop end with `fault`, and begins a plan that needs a force stop. */
function begun(fault: Parameters<typeof failWhen>[2]): Promise<string> {
  failWhen(bigv, stopsByForce, fault)
  return begunPlan(bigv, 'change', { forceAfter: 0 })
}

const failed = async (fault: Fault) => untilPlan(await begun(fault), ended)

describe('a plan’s force stop', () => {
  test.each([400, 403, 404, 409, 422, 429])('halts the plan if BigV refuses it with %i', async (code) => {
    const plan = await failed(status(code))
    expect(plan.note).toMatch(/^Force stop: refused\. /)
    expect(await expectTruth(bigv, plan)).toMatch(/^On\./)
    if (code !== 403) await resumesToEnd(bigv, plan, 'change')
  })

  test.each([
    ['500', status(500)],
    ['503', status(503)],
    ['a cut', cut],
    ['a web page', { kind: 'html' } satisfies Fault],
  ])('ends as unclear and halts the plan if BigV answers with %s without doing it', async (_, answer) => {
    const plan = await failed(answer)
    expect(plan.note).toMatch(
      /^Force stop: unclear\. .*: Running, automatic restart off\. PUT \S+ → .+ after .+$/,
    )
    expect(await expectTruth(bigv, plan)).toMatch(/^On\./)
    await resumesToEnd(bigv, plan, 'change')
  })

  test('is ticked if the connection is cut but the machine shows it done', async () => {
    const plan = await failed(cutAfter)
    expect(plan.steps[0]).toMatchObject({ done: true, note: 'No answer from BigV. The machine is off.' })
    expect(plan.phase).toBe('done')
    await expectTruth(bigv, plan)
  })

  test('works even if someone has renamed the machine', async () => {
    const key = await begunPlan(bigv, 'change', { forceAfter: 0 })
    await bigv.set({ name: 'renamed' })
    const plan = await untilPlan(key, (each) => each.steps[0]?.done === true)
    expect(plan.steps[0]).toMatchObject({ done: true })
  })

  test.each([
    ['with the machine as it is', () => bigv.vm()],
    ['with nothing', () => ({})],
  ])(
    'waits and is never ticked if BigV drops the request and answers %s',
    async (_, answer: () => unknown) => {
      const key = await begun(async () => status(200, await answer()))
      const plan = await untilPlan(key, (each) => isStop(each))
      const operation = stepOf(plan)?.operation ?? ''
      await until(operation, 'waiting')
      expect(await expectTruth(bigv, findPlan(key) as Plan)).toMatch(/^On\./)
      stopWatching(operation)
      const halted = await untilPlan(key, 'halted')
      expect(halted.note).toBe(
        'Force stop: no longer watching. You stopped watching. BigV may still carry out the request.',
      )
      await expectTruth(bigv, halted)
      await resumesToEnd(bigv, halted, 'change')
    },
  )
})

const isStop = (plan: Plan) => findOperation(stepOf(plan)?.operation ?? '')?.action === 'stop'
