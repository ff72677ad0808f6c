import { describe, expect, test } from 'vitest'
import { parseSearches } from './saved-searches.tsx'

describe('saved searches', () => {
  test('are in natural order, and have the latest search of each name', () => {
    expect(
      parseSearches([
        { name: 'big 10', query: 'cores>=10' },
        { name: 'big 2', query: 'cores>=1' },
        { name: 'big 2', query: 'cores>=2' },
      ]),
    ).toEqual([
      { name: 'big 2', query: 'cores>=2' },
      { name: 'big 10', query: 'cores>=10' },
    ])
  })

  test.each([
    ['null', null],
    ['a text', 'text'],
    ['an object', { name: 'a', query: 'b' }],
    [
      'entries without a name or query, or of the wrong type',
      [null, 1, 'a', [], {}, { name: 'a' }, { name: 1, query: 'a' }, { name: ' ', query: 'a' }],
    ],
    ['a name that is too long', [{ name: 'a'.repeat(61), query: 'a' }]],
    ['a query that is too long', [{ name: 'a', query: 'a'.repeat(2_001) }]],
  ])('leave out invalid stored data: %s', (_, stored) => {
    expect(parseSearches(stored)).toEqual([])
  })

  test('keep only name and query, and at most a hundred searches', () => {
    const many = Array.from({ length: 120 }, (_, at) => ({ name: `n${at}`, query: 'web', more: 1 }))
    expect(parseSearches(many)).toHaveLength(100)
    expect(parseSearches(many)[0]).toEqual({ name: 'n0', query: 'web' })
  })
})
