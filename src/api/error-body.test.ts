import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readErrorBody } from './error-body.ts'
import { anyText } from '../lib/testing/any-text.ts'

describe('the body of an error', () => {
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
      'one hash per disc, empty for the good ones',
      { discs: [{}, { size: ['must be greater than or equal to 50'] }] },
      { 'discs.1.size': ['must be greater than or equal to 50'] },
      'disc 2: size must be greater than or equal to 50.',
    ],
    ['discs as a list of strings', { discs: ['too many'] }, { discs: ['too many'] }, 'discs too many.'],
    [
      'a hash within',
      { virtual_machine: { name: ['is taken'] } },
      { 'virtual_machine.name': ['is taken'] },
      'virtual_machine.name is taken.',
    ],
    [
      'words for the whole',
      { base: ['Power it off first!'] },
      { base: ['Power it off first!'] },
      'Power it off first!',
    ],
    ['an empty hash', {}, {}, undefined],
    ['an attribute without messages', { name: [], cores: null, memory: 1 }, {}, undefined],
    [
      'names that every object has',
      { constructor: ['is odd'], toString: 'is odd' },
      { constructor: ['is odd'], toString: ['is odd'] },
      'constructor is odd. toString is odd.',
    ],
  ])('%s', (_, body, fields, text) => {
    expect(readErrorBody(JSON.stringify(body))).toEqual({ fields, text })
  })

  test('a name that would change the object itself is a name like any other', () => {
    const { fields } = readErrorBody('{"__proto__":["is odd"]}')
    expect(Object.entries(fields)).toEqual([['__proto__', ['is odd']]])
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype)
  })

  test.each([
    ['plain text', 'The machine must be off.\n', 'The machine must be off.'],
    ['nothing', '', undefined],
    ['white space', ' \n', undefined],
    ['a web page', '<!DOCTYPE html><title>500</title>', undefined],
    ['a web page after a line', '\n <html>', undefined],
    ['JSON that is no hash', '[1,2]', '[1,2]'],
  ])('%s', (_, body, text) => {
    expect(readErrorBody(body)).toEqual({ fields: {}, text })
  })

  test('a long text is cut', () => {
    expect(readErrorBody('x'.repeat(10_000)).text).toBe(`${'x'.repeat(500)}…`)
  })

  test('what is longer than complaints ever are is cut as well, and not taken apart', () => {
    const { fields, text } = readErrorBody(JSON.stringify({ name: Array(2_000).fill('is odd') }))
    expect(fields).toEqual({})
    expect(text).toHaveLength(501)
  })

  test('one that is nested without end is read so far', () => {
    const deep = `${'{"a":'.repeat(1_500)}"x"${'}'.repeat(1_500)}`
    expect(readErrorBody(deep)).toEqual({ fields: {}, text: undefined })
  })

  test('never throws, whatever comes', () => {
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
        const read = readErrorBody(text)
        for (const messages of Object.values(read.fields))
          expect(messages.every((one) => typeof one === 'string')).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('every message of a hash lands under its attribute, in order', () => {
    const hash = fc.dictionary(
      fc.stringMatching(/^[a-z_]{1,12}$/),
      fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
    )
    fc.assert(
      fc.property(hash, (messages) => {
        expect(readErrorBody(JSON.stringify(messages)).fields).toEqual({ ...messages })
      }),
    )
  })
})
