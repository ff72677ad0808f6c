import { expect, test } from 'vitest'
import { isPlanRunning, runningWork, type RunningWork } from './running.ts'
import { operation, plan } from './testing/samples.ts'

const keyOf = (work: RunningWork) => ('plan' in work ? work.plan.key : work.operation.key)
const ended = { phase: 'ended', outcome: 'done' } as const

test('the list of running operations and plans has the oldest first, and none that have ended', () => {
  const operations = [
    operation({ key: 'b', begunAt: 2 }),
    operation({ key: 'a', begunAt: 1, phase: 'signing in' }),
    operation({ key: 'c', begunAt: 3, ...ended }),
  ]
  expect(runningWork(operations, [plan({ key: 'p', begunAt: 0, phase: 'halted' })]).map(keyOf)).toEqual([
    'a',
    'b',
  ])
})

test('a running plan is listed once, with its operation and also between two operations', () => {
  const step = operation({ key: 'step', plan: 'p' })
  expect(runningWork([step], [plan()])).toEqual([{ plan: plan(), operations: [step] }])
  expect(runningWork([operation({ ...step, ...ended })], [plan()])).toEqual([
    { plan: plan(), operations: [] },
  ])
  expect(runningWork([step], []).map(keyOf)).toEqual(['step'])
})

test('a halted plan counts as running while BigV may still do its last request', () => {
  const halted = plan({ phase: 'halted' })
  expect(isPlanRunning(halted, [operation()])).toBe(true)
  expect(isPlanRunning(halted, [operation(ended)])).toBe(false)
  expect(runningWork([operation({ plan: 'p' })], [halted])).toHaveLength(1)
})
