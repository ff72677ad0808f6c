import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fuzzyScore } from './find-entries.ts'

const best = (query: string, texts: readonly string[]) =>
  texts
    .map((text) => ({ text, score: fuzzyScore(query.split(' '), text) }))
    .filter(({ score }) => score !== null)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ text }) => text)

describe('the fuzzy score', () => {
  test('prefers the whole, then the beginning, then a word’s beginning, then within, then scattered letters', () => {
    expect(best('web', ['cobweb1', 'w-e-b', 'my-web', 'webmail', 'web', 'db'])).toEqual([
      'web',
      'webmail',
      'my-web',
      'cobweb1',
      'w-e-b',
    ])
  })

  test('finds beginnings of words by their letters, the closest first', () => {
    expect(best('ws3', ['web-server-3', 'wxxsxx3', 'web'])).toEqual(['web-server-3', 'wxxsxx3'])
  })

  test('wants every word, wherever it is', () => {
    expect(best('stag web', ['web1 staging', 'web1 default'])).toEqual(['web1 staging'])
  })

  test('prefers the shorter of two that fit as well', () => {
    expect(best('web', ['web100', 'web1'])).toEqual(['web1', 'web100'])
  })

  test('fits whatever has the letters in their order, and nothing else', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '1') })
    fc.assert(
      fc.property(
        text.filter((word) => word !== ''),
        text,
        (word, text) => {
          let from = 0
          const fits = word.split('').every((letter) => {
            const at = text.indexOf(letter, from)
            from = at + 1
            return at !== -1
          })
          expect(fuzzyScore([word], text) !== null).toBe(fits)
        },
      ),
    )
  })
})
