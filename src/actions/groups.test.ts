import { expect, test } from 'vitest'
import { notEmptyReason } from './groups.ts'

test('a group that isn’t empty says what it contains, including deleted machines', () => {
  expect(notEmptyReason({ machines: 0, deleted: 0 })).toBeNull()
  expect(notEmptyReason({ machines: 2, deleted: 0 })).toBe('Not empty: it contains 2 machines.')
  expect(notEmptyReason({ machines: 1, deleted: 1 })).toBe(
    'Not empty: it contains 1 deleted machine. Deleted machines count until you purge them.',
  )
  expect(notEmptyReason({ machines: 3, deleted: 2 })).toBe(
    'Not empty: it contains 1 machine and 2 deleted machines. Deleted machines count until you purge them.',
  )
})
