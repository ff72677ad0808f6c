import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from '../lib/testing/any-text.ts'
import {
  ApiError,
  isTransient,
  isUnclear,
  messageOf,
  parseErrorBody,
  parseRetryAfter,
  traceLine,
  type ErrorKind,
} from './errors.ts'

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
    ['malformed', 200, 'yes', true],
  ])('%s, status %i, whether sent: %s → its outcome is unclear: %s', (kind, status, sent, unclear) => {
    expect(isUnclear(error(kind, status, sent))).toBe(unclear)
  })
})

describe('a failed fetch', () => {
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
    ['malformed', 200, false],
  ])('%s, status %i → a retry may soon succeed: %s', (kind, status, transient) => {
    expect(isTransient(error(kind, status))).toBe(transient)
  })

  test('isn’t expected to succeed soon if its error isn’t an ApiError', () => {
    expect(isTransient(new TypeError('x is undefined'))).toBe(false)
    expect(isTransient(undefined)).toBe(false)
  })
})

test('traceLine formats a request and its result as one line', () => {
  expect(traceLine(error('failed', 500).trace)).toBe('PUT /x → 500 after 0.3 s, 14:03:22')
  expect(traceLine(error('unreachable', 0).trace)).toBe('PUT /x → no answer after 0.3 s, 14:03:22')
})

test('messageOf returns a message for anything thrown', () => {
  expect(messageOf(error('failed', 500))).toBe('Oh.')
  expect(messageOf('no')).toBe('no')
})

describe('the parser of error bodies', () => {
  test.each([
    [
      'a list for an attribute',
      { name: ["can't be blank"] },
      { name: ["can't be blank"] },
      "name can't be blank.",
    ],
    [
      'several attributes',
      { name: ['is invalid', 'is too short (minimum is 3 characters)'], cores: ['is not a number'] },
      { name: ['is invalid', 'is too short (minimum is 3 characters)'], cores: ['is not a number'] },
      'name is invalid. name is too short (minimum is 3 characters). cores is not a number.',
    ],
    [
      'a single string',
      { interval_seconds: 'Missing interval_seconds parameter' },
      { interval_seconds: ['Missing interval_seconds parameter'] },
      'interval_seconds Missing interval_seconds parameter.',
    ],
    [
      'one hash per disc, empty for valid discs',
      { discs: [{}, { size: ['must be greater than or equal to 50'] }] },
      { 'discs.1.size': ['must be greater than or equal to 50'] },
      'disc 2: size must be greater than or equal to 50.',
    ],
    ['discs as a list of strings', { discs: ['too many'] }, { discs: ['too many'] }, 'discs too many.'],
    [
      'a nested hash',
      { virtual_machine: { name: ['is taken'] } },
      { 'virtual_machine.name': ['is taken'] },
      'virtual_machine.name is taken.',
    ],
    [
      'messages without an attribute',
      { base: ['Power it off first!'] },
      { base: ['Power it off first!'] },
      'Power it off first!',
    ],
    ['an empty hash', {}, {}, undefined],
    ['an attribute without messages', { name: [], cores: null, memory: 1 }, {}, undefined],
    [
      'names of Object’s own properties',
      { constructor: ['is odd'], toString: 'is odd' },
      { constructor: ['is odd'], toString: ['is odd'] },
      'constructor is odd. toString is odd.',
    ],
  ])('reads %s', (_, body, fields, text) => {
    expect(parseErrorBody(JSON.stringify(body))).toEqual({ fields, text })
  })

  test('treats __proto__ as a name like any other', () => {
    const { fields } = parseErrorBody('{"__proto__":["is odd"]}')
    expect(Object.entries(fields)).toEqual([['__proto__', ['is odd']]])
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype)
  })

  test.each([
    ['plain text', 'The machine must be off.\n', 'The machine must be off.'],
    ['nothing', '', undefined],
    ['white space', ' \n', undefined],
    ['a web page', '<!DOCTYPE html><title>500</title>', undefined],
    ['a web page after a line', '\n <html>', undefined],
    ['JSON other than a hash', '[1,2]', '[1,2]'],
  ])('returns no fields for %s', (_, body, text) => {
    expect(parseErrorBody(body)).toEqual({ fields: {}, text })
  })

  test('cuts text that is too long', () => {
    expect(parseErrorBody('x'.repeat(10_000)).text).toBe(`${'x'.repeat(500)}…`)
  })

  test('cuts very long JSON without parsing it', () => {
    const { fields, text } = parseErrorBody(JSON.stringify({ name: Array(2_000).fill('is odd') }))
    expect(fields).toEqual({})
    expect(text).toHaveLength(501)
  })

  test('ignores messages that are nested too deep', () => {
    const deep = `${'{"a":'.repeat(1_500)}"x"${'}'.repeat(1_500)}`
    expect(parseErrorBody(deep)).toEqual({ fields: {}, text: undefined })
  })

  test('never throws', () => {
    const body = fc.oneof(
      anyText(),
      fc.json(),
      fc
        .dictionary(
          fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'valueOf')),
          fc.jsonValue(),
        )
        .map((value) => JSON.stringify(value)),
    )
    fc.assert(
      fc.property(body, (text) => {
        const read = parseErrorBody(text)
        for (const messages of Object.values(read.fields))
          expect(messages.every((one) => typeof one === 'string')).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('keeps every message under its attribute, in order', () => {
    const hash = fc.dictionary(
      fc.stringMatching(/^[a-z_]{1,12}$/),
      fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
    )
    fc.assert(
      fc.property(hash, (messages) => {
        expect(parseErrorBody(JSON.stringify(messages)).fields).toEqual({ ...messages })
      }),
    )
  })
})

const NOW = Date.parse('Fri, 27 Nov 2026 12:00:00 GMT')

describe('Retry-After', () => {
  test.each<[string, Record<string, string>, number]>([
    ['nothing', {}, 0],
    ['an empty value', { 'Retry-After': '' }, 0],
    ['seconds', { 'Retry-After': '30' }, 30_000],
    ['zero seconds', { 'Retry-After': '0' }, 0],
    ['a day in seconds', { 'Retry-After': '86400' }, 300_000],
    ['400 digits', { 'Retry-After': '9'.repeat(400) }, 300_000],
    ['a future date', { 'Retry-After': 'Fri, 27 Nov 2026 12:01:30 GMT' }, 90_000],
    ['a past date', { 'Retry-After': 'Fri, 27 Nov 2026 11:59:00 GMT' }, 0],
    ['a date next year', { 'Retry-After': 'Sat, 27 Nov 2027 12:00:00 GMT' }, 300_000],
    ['words', { 'Retry-After': 'soon' }, 0],
    ['a negative number', { 'Retry-After': '-5' }, 0],
  ])('leads to the right wait, at most 5 min, for %s', (_, headers, ms) => {
    expect(parseRetryAfter(new Headers(headers), NOW)).toBe(ms)
  })
})
