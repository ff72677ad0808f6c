import { expect, test } from 'vitest'
import { everyText } from './intervals.ts'

test.each([
  [604_800, 'every week'],
  [1_209_600, 'every 2 weeks'],
  [86_400, 'every day'],
  [3_600, 'every hour'],
  [5_400, 'every 90 minutes'],
  [90, 'every 90 seconds'],
  [1, 'every second'],
])('%i seconds are %s', (seconds, text) => {
  expect(everyText(seconds)).toBe(text)
})
