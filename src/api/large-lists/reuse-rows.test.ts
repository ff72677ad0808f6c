import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reuseRows } from './reuse-rows.ts'

const row = fc.record({ id: fc.nat(8), name: fc.string(), more: fc.jsonValue() })
const rows = fc.uniqueArray(row, { selector: ({ id }) => id })
/** A copy made of new objects, as if parsed from a new answer. */
const again = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

describe('reused rows', () => {
  test('always equal the fresh answer', () => {
    fc.assert(
      fc.property(rows, rows, (before, fresh) => {
        expect(reuseRows(again(before), again(fresh))).toEqual(again(fresh))
      }),
    )
  })

  test('are the previous objects wherever nothing changed, and only there', () => {
    fc.assert(
      fc.property(rows, rows, (before, changed) => {
        const known = again(before)
        // Some unchanged rows, at other positions between others.
        const fresh = again([
          ...changed.filter(({ id }) => id % 2 === 1),
          ...before.filter(({ id }) => id % 2 === 0).reverse(),
        ])
        for (const [index, chosen] of reuseRows(known, fresh).entries()) {
          const old = known.find(({ id }) => id === chosen.id)
          const same =
            old !== undefined && JSON.stringify(sorted(old)) === JSON.stringify(sorted(fresh[index]))
          expect(chosen).toBe(same ? old : fresh[index])
        }
      }),
    )
  })

  test('are the previous array if nothing changed', () => {
    fc.assert(
      fc.property(rows, (before) => {
        const known = again(before)
        expect(reuseRows(known, again(before))).toBe(known)
      }),
    )
  })

  test('are a new array if a row was removed, added or moved', () => {
    const known = [{ id: 1 }, { id: 2 }]
    for (const fresh of [[{ id: 1 }], [{ id: 1 }, { id: 2 }, { id: 3 }], [{ id: 2 }, { id: 1 }], []]) {
      expect(reuseRows(known, fresh)).not.toBe(known)
      expect(reuseRows(known, fresh)).toEqual(fresh)
    }
  })

  test.each([
    ['an undefined attribute from a missing one', { a: undefined }, {}],
    ['a list from an object', { a: [] }, { a: {} }],
    ['null from an object', { a: null }, { a: {} }],
    ['a number from a text', { a: 0 }, { a: '0' }],
    ['a missing toString from the inherited one', { toString: 1 }, {}],
  ])('distinguish %s', (_, old, fresh) => {
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
