import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reuseRows } from './reuse-rows.ts'

const row = fc.record({ id: fc.nat(8), name: fc.string(), more: fc.jsonValue() })
const rows = fc.uniqueArray(row, { selector: ({ id }) => id })
/** The same once more, of new objects, as an answer that has been parsed again. */
const again = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

describe('reused rows', () => {
  test('are what was just read, whatever was known', () => {
    fc.assert(
      fc.property(rows, rows, (before, fresh) => {
        expect(reuseRows(again(before), again(fresh))).toEqual(again(fresh))
      }),
    )
  })

  test('are the objects that they were where they say the same, and only there', () => {
    fc.assert(
      fc.property(rows, rows, (before, changed) => {
        const known = again(before)
        // Some rows as they were, at other places, between others.
        const fresh = again([
          ...changed.filter(({ id }) => id % 2 === 1),
          ...before.filter(({ id }) => id % 2 === 0).reverse(),
        ])
        for (const [index, kept] of reuseRows(known, fresh).entries()) {
          const old = known.find(({ id }) => id === kept.id)
          const same =
            old !== undefined && JSON.stringify(sorted(old)) === JSON.stringify(sorted(fresh[index]))
          expect(kept).toBe(same ? old : fresh[index])
        }
      }),
    )
  })

  test('are the array that they were when nothing differs', () => {
    fc.assert(
      fc.property(rows, (before) => {
        const known = again(before)
        expect(reuseRows(known, again(before))).toBe(known)
      }),
    )
  })

  test('differ when a row has gone, come or moved', () => {
    const known = [{ id: 1 }, { id: 2 }]
    for (const fresh of [[{ id: 1 }], [{ id: 1 }, { id: 2 }, { id: 3 }], [{ id: 2 }, { id: 1 }], []]) {
      expect(reuseRows(known, fresh)).not.toBe(known)
      expect(reuseRows(known, fresh)).toEqual(fresh)
    }
  })

  test.each([
    [{ a: undefined }, {}],
    [{ a: [] }, { a: {} }],
    [{ a: null }, { a: {} }],
    [{ a: 0 }, { a: '0' }],
    [{ toString: 1 }, {}],
  ])('tell %j from %j', (old, fresh) => {
    const now = { id: 1, ...fresh }
    expect(reuseRows([{ id: 1, ...old } as { id: number }], [now])[0]).toBe(now)
  })
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
