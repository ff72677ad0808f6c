import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evenLayout, measuredLayout, topRowAt, visibleRows } from './virtual-rows.ts'

const layouts = fc.oneof(
  fc
    .record({ count: fc.nat(20_000), height: fc.integer({ min: 24, max: 120 }) })
    .map(({ count, height }) => ({ layout: evenLayout(count, height), least: height })),
  fc
    .array(fc.integer({ min: 24, max: 300 }), { maxLength: 500 })
    .map((heights) => ({ layout: measuredLayout(heights), least: 24 })),
)
const viewHeights = fc.integer({ min: 200, max: 4_000 })
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('a long list renders every row in view at any scroll position', () => {
  fc.assert(
    fc.property(layouts, viewHeights, share, ({ layout }, viewHeight, share) => {
      const scrolled = Math.floor(Math.max(0, layout.height - viewHeight) * share)
      const { first, end } = visibleRows(layout, topRowAt(layout, scrolled), viewHeight)
      expect(layout.topOf(first)).toBeLessThanOrEqual(scrolled)
      expect(layout.topOf(end)).toBeGreaterThanOrEqual(Math.min(layout.height, scrolled + viewHeight))
      expect(first).toBeGreaterThanOrEqual(0)
      expect(end).toBeLessThanOrEqual(layout.count)
    }),
  )
})

test('a list renders only the rows in view and a few more, however long it is', () => {
  fc.assert(
    fc.property(layouts, viewHeights, fc.nat(200_000), ({ layout, least }, viewHeight, scrolled) => {
      const { first, end } = visibleRows(layout, topRowAt(layout, scrolled), viewHeight)
      expect(end - first).toBeLessThanOrEqual(Math.ceil(viewHeight / least) + 17)
    }),
  )
})

test('rows of the same height have the same positions as rows that are measured', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 1, max: 60 }), fc.nat(12_000), (count, height, px) => {
      const [even, measured] = [evenLayout(count, height), measuredLayout(Array<number>(count).fill(height))]
      expect(measured.height).toBe(even.height)
      expect(measured.indexAt(px)).toBe(Math.min(count, even.indexAt(px)))
      expect(measured.topOf(px)).toBe(even.topOf(px))
    }),
  )
})

describe('rows of the same height', () => {
  test('fill only the view at first, unless the page has been scrolled', () => {
    const layout = evenLayout(1000, 40)
    expect(visibleRows(layout, 0, 810, true)).toEqual({ first: 0, end: 21 })
    expect(visibleRows(evenLayout(5, 40), 0, 810, true)).toEqual({ first: 0, end: 5 })
    expect(visibleRows(layout, 9, 810, true)).toEqual(visibleRows(layout, 9, 810))
  })

  test('are the last ones if the list is now shorter than the page is scrolled', () => {
    expect(visibleRows(evenLayout(5, 40), 100, 800)).toEqual({ first: 0, end: 5 })
    const { first, end } = visibleRows(evenLayout(100, 40), 100, 800)
    expect(end).toBe(100)
    expect(first).toBeLessThan(81)
  })

  test('stay the same while the page scrolls by less than one row', () => {
    const layout = evenLayout(1000, 40)
    expect([-500, 0, 39].map((scrolled) => topRowAt(layout, scrolled))).toEqual([0, 0, 0])
    expect([40, 79, 80].map((scrolled) => topRowAt(layout, scrolled))).toEqual([1, 1, 2])
  })
})
