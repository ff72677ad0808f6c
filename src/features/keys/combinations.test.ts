import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SENDKEYS } from '../../lib/keyboard-layouts/testing/names.ts'
import { currentUser } from '../../lib/persisted.ts'
import { fakeStorage } from '../../lib/testing/fake-storage.ts'
import {
  combinationReason,
  deleteCombination,
  mayRestart,
  MOST_PRESSES,
  saveCombination,
  savedCombinations,
  savingReason,
  COMMON,
  withPresses,
} from './combinations.ts'

let stored: Map<string, string>
beforeEach(() => {
  stored = new Map()
  vi.stubGlobal(
    'localStorage',
    fakeStorage(() => stored),
  )
})
afterEach(() => {
  currentUser.set(undefined)
  vi.unstubAllGlobals()
})

/** Signs in and returns the user's saved combinations, if this value was stored for the user. */
function loadedFrom(value: unknown) {
  currentUser.set(undefined)
  stored.set('bigv.key-combinations demo', JSON.stringify(value))
  currentUser.set('demo')
  return savedCombinations.get()
}

test('the common combinations use only keys in BigV’s definitions', () => {
  for (const { presses } of COMMON) {
    for (const key of presses.flatMap((press) => press.split('-'))) expect(SENDKEYS).toContain(key)
  }
})

test.each([
  ['null', null],
  ['a text', 'text'],
  ['an object', {}],
  ['a list with null', [null]],
  ['a combination without presses', [{ name: 'a' }]],
  ['a combination with an empty name', [{ name: '', presses: ['a'] }]],
  ['a combination with an empty list of presses', [{ name: 'a', presses: [] }]],
  ['a combination with a number as a press', [{ name: 'a', presses: [1] }]],
  [
    'a combination with too many presses',
    [{ name: 'a', presses: Array.from({ length: MOST_PRESSES + 1 }, () => 'a') }],
  ],
])('savedCombinations ignores %s in the browser’s storage', (_, value) => {
  expect(loadedFrom(value)).toEqual([])
})

test('savedCombinations loads what the browser has stored', () => {
  const value = [{ name: 'Rescue', presses: ['shift', 'e'] }]
  expect(loadedFrom(value)).toEqual(value)
})

test('saveCombination keeps one combination per name, for each user separately', () => {
  currentUser.set('demo')
  saveCombination({ name: 'b', presses: ['b'] })
  saveCombination({ name: 'a', presses: ['x'] })
  saveCombination({ name: 'a', presses: ['a'] })
  const own = [
    { name: 'a', presses: ['a'] },
    { name: 'b', presses: ['b'] },
  ]
  expect(savedCombinations.get()).toEqual(own)
  currentUser.set('colleague')
  expect(savedCombinations.get()).toEqual([])
  currentUser.set('demo')
  expect(savedCombinations.get()).toEqual(own)
  deleteCombination('a')
  expect(JSON.parse(stored.get('bigv.key-combinations demo') ?? '')).toEqual(own.slice(1))
})

test('withPresses gives each press its own id, even presses of the same key', () => {
  const two = withPresses(withPresses([], ['a', 'a'], false), ['a'], true)
  expect(two.map(({ id }) => id)).toEqual([0, 1, 2])
})

test.each([
  ['lets the user save presses with a name', withPresses([], ['ctrl-c'], false), 'Stop', null],
  ['asks for a name', withPresses([], ['ctrl-c'], false), ' ', 'Enter a name first.'],
  ['asks for keys', [], 'Stop', 'Choose keys first.'],
  [
    'allows at most 20 presses',
    withPresses(
      [],
      Array.from({ length: 21 }, () => 'a'),
      false,
    ),
    'Long',
    'You can save up to 20 presses.',
  ],
  [
    'refuses recorded presses',
    withPresses(withPresses([], ['a'], false), ['b'], true),
    'Mixed',
    'Recorded key presses aren’t stored. To save a combination, use the on-screen keyboard.',
  ],
] as const)('savingReason %s', (_, chosen, name, disabledReason) => {
  expect(savingReason(chosen, name)).toBe(disabledReason)
})

test('combinationReason says why a combination with an unknown key cannot be sent', () => {
  const combination = { name: 'x', presses: ['ctrl-semicolon'] }
  expect(combinationReason(combination, new Set(['ctrl']))).toBe('BigV can’t send the key semicolon.')
  expect(combinationReason(combination, new Set(['ctrl', 'semicolon']))).toBeNull()
})

test.each([
  ['ctrl-alt-delete', true],
  ['delete-ctrl_r-alt_r', true],
  ['alt-sysrq-b', true],
  ['alt-print-o', true],
  ['alt-sysrq-s', false],
  ['ctrl-alt-f1', false],
  ['b', false],
])('the press %s may restart the machine at once: %s', (press, expected) => {
  expect(mayRestart({ name: 'x', presses: ['ret', press] })).toBe(expected)
})
