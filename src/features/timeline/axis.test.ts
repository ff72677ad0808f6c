import { expect, test } from 'vitest'
import { rangesSince, ticksOf } from './axis.ts'

const local = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime()
const labels = (from: number, to: number) => ticksOf(from, to).map(({ label }) => label)

test('an axis within a day names round times', () => {
  expect(labels(local(27, 13, 7), local(27, 14, 7))).toEqual([
    '13:10',
    '13:20',
    '13:30',
    '13:40',
    '13:50',
    '14:00',
  ])
})

test('an axis names the day where it changes, and its first day unless that is the last', () => {
  expect(labels(local(26, 20, 5), local(27, 2, 5))).toEqual([
    'Thu 26 Nov, 21:00',
    '22:00',
    '23:00',
    'Fri 27 Nov',
    '01:00',
    '02:00',
  ])
})

test('an axis of several days names days only', () => {
  expect(labels(local(1, 9), local(7, 9))).toEqual([
    'Mon 2 Nov',
    'Tue 3 Nov',
    'Wed 4 Nov',
    'Thu 5 Nov',
    'Fri 6 Nov',
    'Sat 7 Nov',
  ])
  expect(labels(local(1, 9), local(30, 9)).length).toBeLessThanOrEqual(6)
})

test('the ranges end with the first that has everything seen', () => {
  const now = local(27, 14)
  const values = (hours: number) => rangesSince(now - hours * 3_600_000, now).map(({ value }) => value)
  expect(values(0.1)).toEqual(['15min'])
  expect(values(3)).toEqual(['15min', '1h', '6h'])
  expect(values(2_000)).toHaveLength(6)
})
