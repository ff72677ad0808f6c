import { describe, expect, test } from 'vitest'
import type { Segment } from './history.ts'
import { changesIn, factsInWords, factsOf, lengthInWords } from './picture.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

const seen = (state: Segment['is']['state'], from: number, to: number, head = 'head1'): Segment => ({
  from,
  to,
  is: { account: 'acme', group: 'default', state, head: state === 'on' ? head : null },
})

const inWords = (segments: readonly Segment[], from: number, to: number) =>
  factsInWords(factsOf(segments, from, to))

describe('the summary of a timeline', () => {
  const segments = [
    seen('on', 0, HOUR),
    seen('off', 2 * HOUR, 2 * HOUR + 5 * MINUTE),
    seen('off', 3 * HOUR, 3 * HOUR + 5 * MINUTE),
    seen('on', 4 * HOUR, 10 * HOUR),
    seen('off', 10 * HOUR + MINUTE, 10 * HOUR + 5 * MINUTE),
    seen('on', 11 * HOUR, 13 * HOUR - 14 * MINUTE),
  ]

  test('counts how often and how long it was seen off, and how much was watched', () => {
    expect(inWords(segments, 0, 72 * HOUR)).toBe('Seen off twice, at least 14 min. Watched 9 of 72 h.')
  })

  test('counts only its part of the time', () => {
    expect(inWords(segments, 3 * HOUR + 2 * MINUTE, 4 * HOUR)).toBe(
      'Seen off once, at least 3 min. Watched 3 of 58 min.',
    )
  })

  test.each([
    ['not watched', [], 'Not watched.'],
    ['always on', [seen('on', 0, HOUR)], 'Always seen on. Watched 1 of 3 h.'],
    ['always off', [seen('off', 0, 90 * MINUTE)], 'Always seen off. Watched 1.5 of 3 h.'],
    ['deleted', [seen('deleted', 0, HOUR)], 'Seen as deleted. Watched 1 of 3 h.'],
    [
      'on, then deleted',
      [seen('on', 0, HOUR), seen('deleted', HOUR, HOUR)],
      'Never seen off. Watched 1 of 3 h.',
    ],
    [
      'off for a moment',
      [seen('on', 0, 0), seen('off', 5, 5), seen('on', 9, 9)],
      'Seen off once. Watched 0 of 3 h.',
    ],
  ])('says that a machine was %s', (_, some, words) => {
    expect(inWords(some, 0, 3 * HOUR)).toBe(words)
  })
})

test('changes are named by what was seen, with the times of the fetches before and after', () => {
  const changes = changesIn([
    seen('on', 0, 1),
    seen('on', 3, 4, 'head2'),
    seen('off', 6, 7),
    seen('off', 9, 10),
    seen('deleted', 12, 13),
    seen('off', 15, 16),
    seen('on', 18, 19, 'head3'),
  ])
  expect(changes).toEqual([
    { after: 1, at: 3, text: 'Moved from head1 to head2' },
    { after: 4, at: 6, text: 'Seen off' },
    { after: 10, at: 12, text: 'Seen as deleted' },
    { after: 13, at: 15, text: 'Undeleted, seen off' },
    { after: 16, at: 18, text: 'Seen on' },
  ])
})

test.each([
  [45_900, '45 s'],
  [14 * MINUTE + 59_000, '14 min'],
  [3 * HOUR, '3 h'],
  [3 * HOUR + 5 * MINUTE, '3 h 5 min'],
  [51 * HOUR, '2 d 3 h'],
])('a length of %d ms is %s', (ms, words) => {
  expect(lengthInWords(ms)).toBe(words)
})
