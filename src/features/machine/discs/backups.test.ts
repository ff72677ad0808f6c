import { expect, test } from 'vitest'
import { everyText, scheduleOf, scheduleProblems, SUGGESTED } from './backups.tsx'

test('the schedule form suggests the official client’s schedule: weekly, keeping 1 backup', () => {
  expect(scheduleOf(SUGGESTED)).toEqual({ start_at: '00:00', interval_seconds: 604_800, capacity: 1 })
  expect(scheduleProblems(SUGGESTED)).toEqual({ hours: null, start: null, capacity: null })
})

test('the schedule form sends an interval entered in hours as seconds', () => {
  expect(scheduleOf({ ...SUGGESTED, interval: 'other', hours: '1.5' }).interval_seconds).toBe(5_400)
})

test.each([
  ['an interval of 0 hours', { interval: 'other', hours: '0' }, 'hours'],
  ['an interval in words', { interval: 'other', hours: 'x' }, 'hours'],
  ['a first backup at 24:00', { start: '24:00' }, 'start'],
  ['a word as the time of the first backup', { start: 'soon' }, 'start'],
  ['a date with a letter behind it', { start: '2026-02-31x' }, 'start'],
  ['keeping 0 backups', { capacity: '0' }, 'capacity'],
  ['keeping 1.5 backups', { capacity: '1.5' }, 'capacity'],
] as const)('the schedule form shows an error for %s', (_, given, field) => {
  expect(scheduleProblems({ ...SUGGESTED, ...given })[field]).not.toBeNull()
})

test.each(['02:30', '2026-01-31 02:30:00 UTC', '2017-04-05T14:37:00+02:00'])(
  'the schedule form accepts %s as the time of the first backup',
  (start) => {
    expect(scheduleProblems({ ...SUGGESTED, start }).start).toBeNull()
  },
)

test.each([
  [604_800, 'every week'],
  [1_209_600, 'every 2 weeks'],
  [86_400, 'every day'],
  [3_600, 'every hour'],
  [5_400, 'every 90 minutes'],
  [90, 'every 90 seconds'],
  [1, 'every second'],
])('an interval of %i seconds reads “%s”', (seconds, text) => {
  expect(everyText(seconds)).toBe(text)
})
