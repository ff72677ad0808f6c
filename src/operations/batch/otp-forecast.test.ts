import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { REF } from '../../api/testing/machines.ts'
import type { Operation } from '../operation.ts'
import { putPlan } from '../plan-store.ts'
import type { PlanStep } from '../plan.ts'
import { clearOperations, planStore, putOperation } from '../store.ts'
import { operation, plan } from '../testing/samples.ts'
import { addBatch, batches, newItem, type Batch, type BatchItem } from './batch.ts'
import { addCreateBatch, createBatches, type CreateItem } from './create-batches.ts'
import {
  allAfter,
  batchAfter,
  bulkAfter,
  countAfter,
  createAfter,
  createBatchAfter,
  newPressesAfter,
  planAfter,
  pressesAfter,
  usualTime,
} from './otp-forecast.ts'

afterEach(() => {
  batches.set([])
  createBatches.set([])
  planStore.set([])
  clearOperations()
})

const turn = (begunAt: number, endedAt: number) => ({ begunAt, endedAt })

describe('the usual time that one item of a queue takes', () => {
  test('is unknown before the first item has ended', () => {
    expect(usualTime([])).toBeNull()
    expect(usualTime([{ begunAt: 5, endedAt: null }, { begunAt: 5 }])).toBeNull()
  })

  test('is the median, so that one long wait for the user changes little', () => {
    expect(usualTime([turn(0, 20), turn(0, 10), turn(0, 600_000)])).toBe(20)
  })

  test('follows the latest items, and leaves out those during which the clock was set back', () => {
    const slow = Array.from({ length: 60 }, () => turn(0, 900))
    const fast = Array.from({ length: 50 }, () => turn(0, 10))
    expect(usualTime([...slow, ...fast])).toBe(10)
    expect(usualTime([turn(500, 20), turn(0, 7)])).toBe(7)
  })
})

describe('the forecast of how many queued items begin after the OTP expires', () => {
  test.each([
    ['14 at once one by one, 10 s each', { queued: 14, atOnce: 1, running: [], took: 10 }, 2],
    ['four in parallel', { queued: 60, atOnce: 4, running: [], took: 10 }, 12],
    ['behind a running one', { queued: 14, atOnce: 1, running: [{ begunAt: -5 }], took: 10 }, 2],
    [
      'behind one that takes longer than usual',
      { queued: 14, atOnce: 1, running: [{ begunAt: -60 }], took: 10 },
      2,
    ],
    [
      'fewer in parallel than are running',
      { queued: 14, atOnce: 1, running: [{ begunAt: -9 }, { begunAt: 0 }], took: 10 },
      3,
    ],
    ['no time at all', { queued: 1_000, atOnce: 1, running: [], took: 0 }, 880],
  ])('is right in the case “%s”', (_, queue, late) => {
    expect(countAfter(120, 0, queue)).toBe(late)
  })

  test('counts every item if the OTP has expired, and none if it expires much later', () => {
    const queue = { queued: 14, atOnce: 4, running: [], took: 10 }
    expect(countAfter(-1, 0, queue)).toBe(14)
    expect(countAfter(0, 0, queue)).toBe(14)
    expect(countAfter(1_000, 0, queue)).toBe(0)
  })

  test('equals that of a simulated queue in which every item takes the usual time', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: -30, max: 0 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(100),
        (queued, atOnce, begun, took, end) => {
          const running = begun.slice(0, atOnce).map((begunAt) => ({ begunAt }))
          expect(countAfter(end, 0, { queued, atOnce, running, took })).toBe(
            simulated({
              queued,
              atOnce,
              ends: running.map(({ begunAt }) => Math.max(0, begunAt + took)),
              took,
              end,
            }),
          )
        },
      ),
    )
  })
})

/** Runs the queue second by second. */
function simulated({
  queued,
  atOnce,
  ends,
  took,
  end,
}: Record<'queued' | 'atOnce' | 'took' | 'end', number> & { ends: number[] }): number {
  let [late, left] = [0, queued]
  for (let now = 0; left > 0; now += 1) {
    ends = ends.filter((at) => at > now)
    while (ends.length < atOnce && left > 0) {
      left -= 1
      if (now >= end) late += 1
      ends.push(now + took)
    }
  }
  return late
}

const item = (id: number, change: Partial<BatchItem> = {}): BatchItem => ({
  ...newItem(REF, id, `web${id}`, null),
  ...change,
})
const done = (id: number, ms: number) => item(id, { phase: 'ended', result: 'done', begunAt: 0, endedAt: ms })
const batch = (items: BatchItem[], change: Partial<Batch> = {}): Batch => ({
  key: 'b',
  username: 'demo',
  action: 'start',
  rolling: false,
  atOnce: 1,
  items,
  state: 'running',
  why: '',
  begunAt: 0,
  endedAt: null,
  ...change,
})

describe('the OTP forecast of a bulk run', () => {
  test('uses the pace of the machines that have ended', () => {
    const run = batch([done(1, 10), item(2, { phase: 'begun', begunAt: 10 }), item(3), item(4), item(5)])
    addBatch(run)
    expect(batchAfter(run, 40, 10)).toBe(1)
    expect(allAfter(40, 10)).toBe(1)
  })

  test('is unknown before the first machine has ended', () => {
    const run = batch([
      item(1, { phase: 'begun', begunAt: 0 }),
      item(2, { phase: 'ended', result: 'skipped', begunAt: 0, endedAt: 0 }),
      item(3, { phase: 'ended', result: 'not sent', begunAt: 0, endedAt: 1 }),
      item(4),
    ])
    addBatch(run)
    expect(batchAfter(run, 1, 0)).toBeNull()
    expect(allAfter(1, 0)).toBe(0)
  })

  test('uses the pace of an earlier run of the same action', () => {
    addBatch(batch([done(1, 10)], { state: 'over' }))
    expect(bulkAfter('start', { count: 14, atOnce: 1 }, 120, 0)).toBe(2)
    expect(bulkAfter('start', { count: 14, atOnce: 4 }, 120, 0)).toBe(0)
    expect(bulkAfter('stop', { count: 14, atOnce: 1 }, 120, 0)).toBeNull()
  })

  test('is left out of the forecast of all changes while the run is paused', () => {
    addBatch(batch([done(1, 10), item(2)], { state: 'paused' }))
    expect(allAfter(0, 100)).toBe(0)
  })
})

const created = (name: string, change: Partial<CreateItem> = {}): CreateItem => ({
  name,
  is: 'queued',
  note: '',
  operation: null,
  holder: null,
  ...change,
})
const add = (items: CreateItem[]) => {
  const run = { key: 'c', ...REF, username: 'demo', begunAt: 0, state: 'running', why: '', items } as const
  addCreateBatch(run)
  return run
}

describe('the OTP forecast of several new machines', () => {
  test('uses the pace of those machines that BigV has answered', () => {
    const run = add([
      created('web1', { is: 'begun', begunAt: 0, endedAt: 10 }),
      created('web2', { is: 'taken', begunAt: 10, endedAt: 500 }),
      created('web3', { is: 'sending', begunAt: 10 }),
      created('web4'),
      created('web5'),
    ])
    expect(createBatchAfter(run, 30, 10)).toBe(1)
    expect(allAfter(30, 10)).toBe(1)
    expect(createAfter(14, 120, 0)).toBe(2)
  })

  test('is unknown before BigV’s first answer', () => {
    const run = add([created('web1', { is: 'sending', begunAt: 0 }), created('web2')])
    expect(createBatchAfter(run, 0, 10)).toBeNull()
    expect(createAfter(14, 0, 10)).toBeNull()
  })
})

const ended = (action: Operation['action'], ms: number) =>
  putOperation(operation({ key: action, action, phase: 'ended', outcome: 'done', begunAt: 0, endedAt: ms }))

describe('the OTP forecast of a plan', () => {
  const PLAN = plan()
  const [first, main, last] = PLAN.steps as [PlanStep, PlanStep, PlanStep]
  const sent = { method: 'POST', path: '/x', body: {}, trace: null }
  /** The shutdown as sent at 9,000 ms. */
  const shuttingDown = () => {
    putOperation(operation({ key: 'now', action: 'shut_down', steps: [sent] }))
    return plan({ steps: [{ ...first, operation: 'now' }, main, last] })
  }

  test('uses the time that the same actions took before', () => {
    ended('shut_down', 60)
    ended('change', 10)
    expect(planAfter(PLAN, 0, 0)).toBe(3)
    expect(planAfter(PLAN, 60, 0)).toBe(2)
    expect(planAfter(PLAN, 61, 0)).toBe(1)
    expect(planAfter(PLAN, 70, 0)).toBe(1)
    expect(planAfter(PLAN, 71, 0)).toBe(0)
  })

  test('is unknown as long as the usual time of one of its steps is unknown', () => {
    expect(planAfter(PLAN, 60, 0)).toBeNull()
    ended('shut_down', 60)
    expect(planAfter(PLAN, 61, 0)).toBeNull()
    expect(planAfter(PLAN, 60, 0)).toBe(2)
  })

  test('includes the force stop if the guest usually takes longer than the plan waits', () => {
    ended('shut_down', 60)
    ended('change', 10)
    expect(planAfter({ ...PLAN, forceAfter: 30 }, 35, 0)).toBe(1)
  })

  test('leaves out a step whose request was sent', () => {
    ended('shut_down', 60)
    ended('change', 10)
    const running = shuttingDown()
    expect(planAfter(running, 9_000, 9_010)).toBe(2)
    expect(planAfter(running, 9_060, 9_010)).toBe(2)
    expect(planAfter(running, 9_061, 9_010)).toBe(1)
    // The guest takes longer than usual.
    expect(planAfter(running, 9_500, 9_499)).toBe(1)
  })

  test('leaves out a step that is done', () => {
    ended('change', 10)
    const changing = plan({ steps: [{ ...first, done: true }, main, last] })
    expect(planAfter(changing, 10, 0)).toBe(1)
    expect(planAfter(changing, 11, 0)).toBe(0)
  })

  test('is included in the forecast of all changes while the plan runs in this tab', () => {
    putPlan(PLAN)
    expect(allAfter(0, 0)).toBe(3)
    putPlan({ ...PLAN, otherTab: true })
    expect(allAfter(0, 0)).toBe(0)
    putPlan({ ...PLAN, phase: 'halted' })
    expect(allAfter(0, 0)).toBe(0)
  })
})

/** An operation that sends 100 key presses. BigV took `duration` ms to answer the first `times`. */
const presses = (duration: number, times: number, given: Partial<Operation> = {}) => {
  const trace = { method: 'POST', path: '/x', status: 200, startedAt: 0, duration }
  const sending = operation({
    action: 'send_keys',
    phase: 'sending',
    expects: { presses: 100, everyMs: 100 },
    steps: [{ method: 'POST', path: '/x', body: {}, trace, times }],
    ...given,
  })
  putOperation(sending)
  return sending
}

describe('the OTP forecast of key presses', () => {
  test('uses the chosen interval, or the pace of BigV’s answers if they are slower', () => {
    expect(newPressesAfter(100, 1_000, 60_000, 0)).toBe(40)
    presses(20_000, 10, { phase: 'ended', outcome: 'done' })
    expect(newPressesAfter(100, 1_000, 60_000, 0)).toBe(70)
    expect(newPressesAfter(100, 4_000, 60_000, 0)).toBe(85)
  })

  test('counts only the presses that are left to send', () => {
    const fast = presses(500, 50)
    expect(pressesAfter(fast, 3_000, 0)).toBe(20)
    expect(allAfter(3_000, 0)).toBe(20)
    expect(pressesAfter(presses(50_000, 50), 3_000, 0)).toBe(47)
  })

  test('leaves out presses of other tabs, and presses that have ended', () => {
    presses(500, 50, { otherTab: true })
    expect(allAfter(0, 0)).toBe(0)
    presses(500, 50, { phase: 'ended', outcome: 'no longer watching' })
    expect(allAfter(0, 0)).toBe(0)
  })
})
