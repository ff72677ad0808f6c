import { expect, test } from 'vitest'
import { operation, plan } from '../testing/samples.ts'
import { isFound, lineOf } from './entry-line.ts'
import type { ActivityEntry } from './timeline.ts'

const start: ActivityEntry = { kind: 'running', at: 9_000, operation: operation() }
const refused: ActivityEntry = {
  kind: 'refused',
  at: 9_000,
  operation: operation({
    action: 'stop',
    phase: 'ended',
    outcome: 'refused',
    endedAt: 9_040,
    note: 'No room.',
  }),
}
const change: ActivityEntry = {
  kind: 'seen',
  at: 2_000,
  change: {
    key: 'c',
    account: 'acme',
    group: 'default',
    id: 7,
    name: 'web',
    what: 'cores',
    before: 1,
    after: 2,
    after_ms: 1_000,
    before_ms: 2_000,
  },
}
const planned: ActivityEntry = {
  kind: 'running',
  at: 9_000,
  plan: plan({
    steps: (['shut down', 'action', 'start'] as const).map((role, at) => ({
      role,
      done: at === 0,
      operation: null,
      tried: null,
      note: '',
    })),
  }),
  operations: [operation({ action: 'shut_down' })],
}

test('an entry in one line has the group, or the remark on its outcome, and how long it took', () => {
  expect(lineOf(start)).toMatchObject({
    title: 'Start',
    name: 'web',
    detail: 'default',
    label: 'Running',
    took: null,
  })
  expect(lineOf(refused)).toMatchObject({
    title: 'Force stop',
    detail: 'No room.',
    label: 'Refused',
    took: 40,
  })
  expect(lineOf(planned)).toMatchObject({ name: 'web', detail: '1 of 3 steps', took: null })
  expect(lineOf(change)).toMatchObject({
    title: 'cores 1 → 2',
    detail: expect.stringMatching(/^between .* and /),
    label: 'Changed elsewhere',
    took: undefined,
  })
})

test.each([
  ['web', start, true],
  ['START w', start, true],
  ['web stop', start, false],
  ['stop', refused, true],
  ['room', refused, false],
  ['cores', change, true],
  ['shut', planned, true],
  [' ', start, true],
])('the search “%s” finds an entry by its machine and its actions', (search, entry, found) => {
  expect(isFound(entry, search)).toBe(found)
})
