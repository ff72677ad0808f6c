import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsInSight, stepOf } from './rows-in-sight.ts'

const observations = fc.record({
  count: fc.nat(20_000),
  height: fc.integer({ min: 24, max: 120 }),
  windowHeight: fc.integer({ min: 200, max: 4_000 }),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
})

test('every row that is in the window is there, wherever it is scrolled to', () => {
  fc.assert(
    fc.property(observations, ({ count, height, windowHeight, share }) => {
      const scrolled = Math.floor(Math.max(0, count * height - windowHeight) * share)
      const { first, end } = rowsInSight({ count, height, windowHeight, step: stepOf(scrolled, height) })
      const top = Math.floor(scrolled / height)
      const bottom = Math.min(count, Math.ceil((scrolled + windowHeight) / height))
      expect(first).toBeLessThanOrEqual(top)
      expect(end).toBeGreaterThanOrEqual(bottom)
      expect(first).toBeGreaterThanOrEqual(0)
      expect(end).toBeLessThanOrEqual(count)
    }),
  )
})

test('there are a window of rows and some more, however many machines there are', () => {
  fc.assert(
    fc.property(observations, fc.nat(200_000), ({ count, height, windowHeight }, scrolled) => {
      const { first, end } = rowsInSight({ count, height, windowHeight, step: stepOf(scrolled, height) })
      expect(end - first).toBeLessThanOrEqual(Math.ceil(windowHeight / height) + 17)
    }),
  )
})

test('at first there are no more than a window of them, unless the page is scrolled', () => {
  const observation = { count: 1000, height: 40, windowHeight: 810 }
  expect(rowsInSight({ ...observation, step: 0, justSeen: true })).toEqual({ first: 0, end: 21 })
  expect(rowsInSight({ ...observation, count: 5, step: 0, justSeen: true })).toEqual({ first: 0, end: 5 })
  expect(rowsInSight({ ...observation, step: 9, justSeen: true })).toEqual(
    rowsInSight({ ...observation, step: 9 }),
  )
})

test('a list that became shorter than it is scrolled shows its end', () => {
  expect(rowsInSight({ count: 5, height: 40, windowHeight: 800, step: 100 })).toEqual({ first: 0, end: 5 })
  const { first, end } = rowsInSight({ count: 100, height: 40, windowHeight: 800, step: 100 })
  expect(end).toBe(100)
  expect(first).toBeLessThan(81)
})

test('a page that is scrolled by less than a few rows is not drawn anew', () => {
  expect([-500, 0, 159].map((scrolled) => stepOf(scrolled, 40))).toEqual([0, 0, 0])
  expect([160, 319, 320].map((scrolled) => stepOf(scrolled, 40))).toEqual([1, 1, 2])
})
