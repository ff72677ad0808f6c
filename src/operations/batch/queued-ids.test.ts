import { expect, test } from 'vitest'
import { newItem, type BatchItem } from './batch.ts'
import { queuedIds } from './queued-ids.ts'

const item = (id: number, more: Partial<BatchItem> = {}) => ({
  ...newItem({ account: 'acme', group: 'default' }, id, `web${id}`, null),
  ...more,
})
const ITEMS = [
  item(1, { phase: 'ended', result: 'done' }),
  item(2, { phase: 'begun', operation: 'o2' }),
  // Chosen by the batch, but its request still waits for others.
  item(3, { phase: 'begun' }),
  item(4),
]

test.each([
  ['running', 'the machines without an operation are', [3, 4]],
  ['paused', 'the machines without an operation are', [3, 4]],
  ['stopped', 'no machines are', []],
  ['over', 'no machines are', []],
] as const)('in a batch that is %s, %s queued', (state, _, ids) => {
  expect([...queuedIds([{ state, items: ITEMS }])]).toEqual(ids)
})
