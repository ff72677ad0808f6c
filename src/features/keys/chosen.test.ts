import { expect, test } from 'vitest'
import { combinationReason, savingReason, withPresses } from './chosen.ts'

test('presses are told apart, though they are of the same keys', () => {
  const two = withPresses(withPresses([], ['a', 'a'], false), ['a'], true)
  expect(two.map(({ place }) => place)).toEqual([0, 1, 2])
})

test.each([
  [withPresses([], ['ctrl-c'], false), 'Stop', null],
  [withPresses([], ['ctrl-c'], false), ' ', 'Give it a name first.'],
  [[], 'Stop', 'Choose keys first.'],
  [
    withPresses(
      [],
      Array.from({ length: 21 }, () => 'a'),
      false,
    ),
    'Long',
    'At most 20 presses are saved.',
  ],
  [
    withPresses(withPresses([], ['a'], false), ['b'], true),
    'Mixed',
    'Recorded presses are kept nowhere: press them on the keyboard to save them.',
  ],
] as const)('saving is refused where it has to be (%#)', (chosen, name, disabledReason) => {
  expect(savingReason(chosen, name)).toBe(disabledReason)
})

test('a combination with a key that BigV does not know cannot be pressed', () => {
  const combination = { name: 'x', presses: ['ctrl-semicolon'] }
  expect(combinationReason(combination, new Set(['ctrl']))).toBe('BigV has no name for the key semicolon.')
  expect(combinationReason(combination, new Set(['ctrl', 'semicolon']))).toBeNull()
})
