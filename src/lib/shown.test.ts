import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitByDirection, isTyped, shown } from './shown.ts'
import { anyText } from './testing/any-text.ts'

describe('a displayed text', () => {
  test.each([
    ['Stop \u202Ewww1?', 'Stop <U+202E>www1?', 'an override'],
    ['\u2066a\u2067b\u2068c', '<U+2066>a<U+2067>b<U+2068>c', 'unclosed isolates'],
    ['we\u200Bb1', 'we<U+200B>b1', 'a zero-width space'],
    ['we\u00ADb', 'we<U+00AD>b', 'a soft hyphen'],
    ['a\u0000\u0007\u001B[31m\u007F\u0085', 'a<U+0000><U+0007><U+001B>[31m<U+007F><U+0085>', 'controls'],
    ['a\u2028b\uFEFF', 'a<U+2028>b<U+FEFF>', 'a line separator and a byte order mark'],
    ['\u3164\u115F', '<U+3164><U+115F>', 'fillers'],
    ['\u{E0041}', '<U+E0041>', 'a tag'],
    ['a\uD800', 'a<U+D800>', 'a lone surrogate'],
  ])('shows %j as %s: %s', (text, seen) => expect(shown(text)).toBe(seen))

  test.each([
    'web1',
    'two\nlines\tand a tab\r\n',
    'bücher — “…” → ×',
    'שלום',
    'خادم',
    '日本',
    '❤️ 👩‍💻 🚀',
    '',
  ])('leaves %j unchanged', (text) => expect(shown(text)).toBe(text))

  test('stays the same when it is escaped again', () => {
    const twice = fc.property(anyText(), (text) => {
      expect(shown(shown(text))).toBe(shown(text))
    })
    fc.assert(twice)
  })

  test('is escaped quickly, even if very long', () => {
    const began = performance.now()
    shown('x\u202E'.repeat(50_000))
    splitByDirection(`${'x'.repeat(100_000)} ${'.'.repeat(100_000)}א ${'א.'.repeat(50_000)}`)
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})

describe('right-to-left text', () => {
  test.each([
    ['Stop web1?', ['Stop web1?'], 'nothing'],
    ['Stop אבג1?', ['Stop ', 'אבג1', '?'], 'a name with its digits, without the question mark'],
    ['“אבג”: 3 discs', ['“', 'אבג', '”: 3 discs'], 'a name in quotation marks'],
    ['אבג', ['', 'אבג', ''], 'the whole text'],
    ['Move אבג, דהו to web', ['Move ', 'אבג', ', ', 'דהו', ' to web'], 'two separate names'],
    ['Purge خادم الويب of web1?', ['Purge ', 'خادم الويب', ' of web1?'], 'one label of two words'],
    ['web-אבג.acme', ['', 'web-אבג.acme', ''], 'part of a hostname'],
  ])('in $0 is $2', (text, pieces) => expect(splitByDirection(text)).toEqual(pieces))

  test('is in every second piece only, and all pieces together are the text', () => {
    const parts = fc.constantFrom('אב', 'خا', 'web', '1', ' ', '  ', '.', '?', '”', 'ٌ', 'é')
    const texts = fc.array(fc.oneof(parts, anyText({ maxLength: 3 }))).map((some) => shown(some.join('')))
    const property = fc.property(texts, (text) => {
      const pieces = splitByDirection(text)
      expect(pieces.join('')).toBe(text)
      for (const [at, piece] of pieces.entries()) if (at % 2 === 0) expect(piece).not.toMatch(/[א-תء-ي]/)
    })
    fc.assert(property)
  })
})

test.each([
  ['web1', 'web1', true],
  ['web', 'web1', false],
  ['Web1', 'web1', false],
  ['', 'web1', false],
  ['a<U+202E>b', 'a\u202Eb', true],
  ['a\u202Eb', 'a\u202Eb', true],
  ['ab', 'a\u202Eb', false],
  ['a\u200Bb', 'ab', false],
  ['a b', 'a\n  b', true],
  ['ab', 'a b', false],
])('the input %j matches the name %j: %s', (typed, name, is) => expect(isTyped(typed, name)).toBe(is))
