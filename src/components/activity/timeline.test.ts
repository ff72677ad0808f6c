import { expect, test } from 'vitest'
import type { ObservedChange } from '../../operations/observed/change.ts'
import { operation } from '../../operations/testing/samples.ts'
import { timelineOf } from './timeline.ts'

test('operations and what was seen stand by their times, newest first', () => {
  const change: ObservedChange = {
    key: 'c',
    account: 'acme',
    group: 'default',
    id: 7,
    name: 'web',
    what: 'head',
    before: 'a',
    after: 'b',
    after_ms: 1_000,
    before_ms: 2_000,
  }
  const own = [1_500, 3_000, 3_000].map((begunAt, index) => operation({ key: `o${index}`, begunAt }))
  const line = timelineOf(own, [change])
  expect(line.map((each) => ('change' in each ? each.change.key : each.operation.key))).toEqual([
    'o2',
    'o1',
    'c',
    'o0',
  ])
  expect(line.map(({ kind }) => kind)).toEqual(['in flight', 'in flight', 'seen', 'in flight'])
})
