import { describe, expect, test } from 'vitest'
import { ApiError, isTransient, isUnclear, messageOf, traceLine, type ErrorKind } from './errors.ts'

const at = new Date(2026, 10, 23, 14, 3, 22).getTime()

function error(kind: ErrorKind, status: number, sent: ApiError['sent'] = 'yes') {
  const trace = { method: 'PUT', path: '/x', status, startedAt: at, duration: 300 }
  return new ApiError('Oh.', { kind, trace, sent })
}

describe('a failed write', () => {
  test.each<[ErrorKind, number, ApiError['sent'], boolean]>([
    ['unreachable', 0, 'no', false],
    ['unreachable', 502, 'no', false],
    ['unreachable', 0, 'unknown', true],
    ['unreachable', 502, 'unknown', true],
    ['timeout', 0, 'unknown', true],
    ['timeout', 200, 'unknown', true],
    ['cut', 200, 'yes', true],
    ['refused', 400, 'yes', false],
    ['refused', 401, 'yes', false],
    ['refused', 404, 'yes', false],
    ['failed', 500, 'yes', true],
    ['failed', 503, 'yes', true],
    ['redirect', 0, 'unknown', true],
    ['rubbish', 200, 'yes', true],
  ])('%s with status %i, sent: %s', (kind, status, sent, unclear) => {
    expect(isUnclear(error(kind, status, sent))).toBe(unclear)
  })
})

describe('a failed read', () => {
  test.each<[ErrorKind, number, boolean]>([
    ['unreachable', 0, true],
    ['unreachable', 502, true],
    ['timeout', 0, true],
    ['cut', 200, true],
    ['failed', 502, true],
    ['failed', 503, true],
    ['failed', 504, true],
    ['failed', 500, false],
    ['refused', 401, false],
    ['refused', 404, false],
    ['redirect', 302, false],
    ['rubbish', 200, false],
  ])('%s with status %i may pass by itself: %s', (kind, status, transient) => {
    expect(isTransient(error(kind, status))).toBe(transient)
  })

  test('what is no failure of a request does not pass by itself', () => {
    expect(isTransient(new TypeError('x is undefined'))).toBe(false)
    expect(isTransient(undefined)).toBe(false)
  })
})

test('a trace in one line', () => {
  expect(traceLine(error('failed', 500).trace)).toBe('PUT /x → 500 after 0.3 s, 14:03:22')
  expect(traceLine(error('unreachable', 0).trace)).toBe('PUT /x → no answer after 0.3 s, 14:03:22')
})

test('whatever was thrown has a message', () => {
  expect(messageOf(error('failed', 500))).toBe('Oh.')
  expect(messageOf('no')).toBe('no')
})
