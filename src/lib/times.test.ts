import { describe, expect, test } from 'vitest'
import { atWhen, formatClock, formatDuration, formatElapsed, formatSpan, formatWhen } from './times.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('the formatting of times', () => {
  test('shows a time of day with hours, minutes and seconds, midnight as 00', () => {
    expect(formatClock(new Date(2026, 10, 23, 14, 3, 22).getTime())).toBe('14:03:22')
    expect(formatClock(new Date(2026, 10, 23, 0, 0, 5).getTime())).toBe('00:00:05')
  })

  const now = new Date(2026, 10, 30, 0, 10).getTime()
  test.each([
    [new Date(2026, 10, 30, 0, 3, 22), '00:03:22', 'at 00:03:22'],
    [new Date(2026, 10, 29, 23, 59, 59), 'yesterday 23:59', 'yesterday at 23:59'],
    [new Date(2026, 10, 27, 15, 50), 'Fri 27 Nov, 15:50', 'on Fri 27 Nov at 15:50'],
    [new Date(2025, 10, 30, 0, 3), 'Sun 30 Nov 2025, 00:03', 'on Sun 30 Nov 2025 at 00:03'],
    [new Date(2026, 11, 1, 8, 5), 'Tue 1 Dec, 08:05', 'on Tue 1 Dec at 08:05'],
  ])('includes the day in a time on another day: %s', (at, alone, inSentence) => {
    expect(formatWhen(at.getTime(), now)).toBe(alone)
    expect(atWhen(at.getTime(), now)).toBe(inSentence)
  })

  test.each([
    [-1, '0:00'],
    [0, '0:00'],
    [999, '0:00'],
    [1000, '0:01'],
    [55_999, '0:55'],
    [MINUTE, '1:00'],
    [12 * MINUTE + 5000, '12:05'],
    [HOUR - 1, '59:59'],
    [HOUR, '1:00:00'],
    [HOUR + 2 * MINUTE + 3000, '1:02:03'],
    [30 * HOUR, '30:00:00'],
  ])('shows an elapsed time of %i ms as %s', (ms, text) => {
    expect(formatElapsed(ms)).toBe(text)
  })

  test.each([
    [-5, '0.00 s'],
    [8, '0.01 s'],
    [994, '0.99 s'],
    [996, '1.0 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [36_400, '36 s'],
    [59_600, '1:00'],
    [82_000, '1:22'],
  ])('shows how long %i ms are as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  test.each([
    [0, '0 s'],
    [20_000, '20 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [2 * MINUTE, '2 min'],
    [125_000, '2 min 5 s'],
    [119_600, '2 min'],
    [15 * MINUTE, '15 min'],
  ])('shows a duration of %i ms in a sentence as %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text)
  })
})
