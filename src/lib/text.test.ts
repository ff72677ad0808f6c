import * as fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { anyText } from './testing/any-text.ts'
import { shellQuote } from './text.ts'

/** The words that a real shell passes to a command. */
function asRead(words: readonly string[]): string[] {
  const script = `printf '%s\\0' ${words.map(shellQuote).join(' ')}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

const word = fc.oneof(
  anyText().map((text) => text.replaceAll('\0', '')),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', '$', '`', '!', ' ', '\n', ';', '&', '*', '~', '-', '=', 'a'),
  }),
)

test('a shell turns every quoted word back into the word', () => {
  // A few shells with many words each, because starting a shell takes longer than the rest of the test.
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 100 }), (words) => {
      expect(asRead(words)).toEqual(words)
    }),
    { numRuns: 10 },
  )
})

test('words without special characters stay unquoted', () => {
  expect(shellQuote('www1.default.acme')).toBe('www1.default.acme')
  expect(shellQuote('')).toBe("''")
  expect(shellQuote("it's")).toBe(`'it'\\''s'`)
  expect(shellQuote('~root')).toBe("'~root'")
})
