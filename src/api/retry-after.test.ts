import { expect, test } from 'vitest'
import { retryAfter } from './retry-after.ts'

const NOW = Date.parse('Fri, 27 Nov 2026 12:00:00 GMT')

test.each<[string, Record<string, string>, number]>([
  ['nothing', {}, 0],
  ['an empty value', { 'Retry-After': '' }, 0],
  ['seconds', { 'Retry-After': '30' }, 30_000],
  ['no seconds', { 'Retry-After': '0' }, 0],
  ['more seconds than anybody waits', { 'Retry-After': '86400' }, 300_000],
  ['digits without end', { 'Retry-After': '9'.repeat(400) }, 300_000],
  ['a date to come', { 'Retry-After': 'Fri, 27 Nov 2026 12:01:30 GMT' }, 90_000],
  ['a date that is past', { 'Retry-After': 'Fri, 27 Nov 2026 11:59:00 GMT' }, 0],
  ['a date next year', { 'Retry-After': 'Sat, 27 Nov 2027 12:00:00 GMT' }, 300_000],
  ['words', { 'Retry-After': 'soon' }, 0],
  ['less than nothing', { 'Retry-After': '-5' }, 0],
])('%s', (_, headers, ms) => {
  expect(retryAfter(new Headers(headers), NOW)).toBe(ms)
})
