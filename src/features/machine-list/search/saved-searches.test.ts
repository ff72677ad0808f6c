import { describe, expect, test } from 'vitest'
import { readSaved } from './saved-searches.tsx'

describe('the saved searches', () => {
  test('are in natural order, each name once, the last of it', () => {
    expect(
      readSaved([
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
    [null],
    ['text'],
    [{ name: 'a', query: 'b' }],
    [[null, 1, 'a', [], {}, { name: 'a' }, { name: 1, query: 'a' }, { name: ' ', query: 'a' }]],
    [[{ name: 'a'.repeat(61), query: 'a' }]],
    [[{ name: 'a', query: 'a'.repeat(2_001) }]],
  ])('are none in what is none: %j', (kept) => {
    expect(readSaved(kept)).toEqual([])
  })

  test('have no more in them than a name and a query, and are at most a hundred', () => {
    const many = Array.from({ length: 120 }, (_, at) => ({ name: `n${at}`, query: 'web', more: 1 }))
    expect(readSaved(many)).toHaveLength(100)
    expect(readSaved(many)[0]).toEqual({ name: 'n0', query: 'web' })
  })
})
