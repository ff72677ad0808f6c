import { expect, test } from 'vitest'
import { SENDKEYS } from '../../lib/keyboard-layouts/testing/names.ts'
import { kept, MOST_PRESSES, USUAL } from './combinations.ts'

test('the usual ones are made of names of the definitions', () => {
  for (const { presses } of USUAL) {
    for (const key of presses.flatMap((press) => press.split('-'))) expect(SENDKEYS).toContain(key)
  }
})

test.each([
  null,
  'text',
  {},
  [null],
  [{ name: 'a' }],
  [{ name: '', presses: ['a'] }],
  [{ name: 'a', presses: [] }],
  [{ name: 'a', presses: [1] }],
  [{ name: 'a', presses: Array.from({ length: MOST_PRESSES + 1 }, () => 'a') }],
])('what was stored and is none is left out: %j', (stored) => {
  expect(kept(stored)).toEqual([])
})

test('what was stored comes back', () => {
  const stored = [{ name: 'Rescue', presses: ['shift', 'e'] }]
  expect(kept(JSON.parse(JSON.stringify(stored)))).toEqual(stored)
})
