import { expect, test } from 'vitest'
import { operation } from '../../operations/testing/samples.ts'
import { notEmptyReason } from '../../actions/groups.ts'
import { busyGroupReason } from './group-gate.ts'

test('a group that is not empty says with what, deleted machines included', () => {
  expect(notEmptyReason({ machines: 0, deleted: 0 })).toBeNull()
  expect(notEmptyReason({ machines: 2, deleted: 0 })).toBe('It is not empty: it has 2 machines.')
  expect(notEmptyReason({ machines: 1, deleted: 1 })).toBe(
    'It is not empty: it has 1 deleted machine. Deleted ones count until they are purged.',
  )
  expect(notEmptyReason({ machines: 3, deleted: 2 })).toBe(
    'It is not empty: it has 1 machine and 2 deleted machines. Deleted ones count until they are purged.',
  )
})

test('a change running holds its own group only', () => {
  const running = [operation()]
  expect(busyGroupReason('acme', 'default', running)).toBe('“Start web” is still running there.')
  expect(busyGroupReason('acme', 'staging', running)).toBeNull()
  expect(busyGroupReason('other', 'default', running)).toBeNull()
  expect(busyGroupReason('acme', 'default', [operation({ phase: 'ended' })])).toBeNull()
})
