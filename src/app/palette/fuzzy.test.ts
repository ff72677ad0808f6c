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
  test('ranks the whole text, then its beginning, a word’s beginning, a part, scattered letters', () => {
    expect(best('web', ['cobweb1', 'w-e-b', 'my-web', 'webmail', 'web', 'db'])).toEqual([
      'web',
      'webmail',
      'my-web',
      'cobweb1',
      'w-e-b',
    ])
  })

  test('matches words by their first letters, and ranks the closest letters first', () => {
    expect(best('ws3', ['web-server-3', 'wxxsxx3', 'web'])).toEqual(['web-server-3', 'wxxsxx3'])
  })

  test('requires every word, in any order', () => {
    expect(best('stag web', ['web1 staging', 'web1 default'])).toEqual(['web1 staging'])
  })

  test('ranks the shorter of two equal matches first', () => {
    expect(best('web', ['web100', 'web1'])).toEqual(['web1', 'web100'])
  })

  test('matches only texts that contain all the letters in order', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '-', '1') })
    fc.assert(
      fc.property(
        text.filter((word) => word !== ''),
        text,
        (word, text) => {
          let from = 0
          const matches = word.split('').every((letter) => {
            const at = text.indexOf(letter, from)
            from = at + 1
            return at !== -1
          })
          expect(fuzzyScore([word], text) !== null).toBe(matches)
        },
      ),
    )
  })
})
