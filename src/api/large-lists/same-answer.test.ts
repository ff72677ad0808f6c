import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fingerprint } from './same-answer.ts'

test('a fingerprint doesn’t depend on how the text is split into pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (pieces) => {
      const whole = Uint8Array.from(pieces.flatMap((piece) => [...piece]))
      expect(fingerprint(pieces)).toBe(fingerprint([whole]))
    }),
  )
})

test('different texts have different fingerprints', () => {
  const seen = new Map<string, string>()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 6 }), (bytes) => {
      const print = fingerprint([bytes])
      const text = bytes.join()
      expect(seen.get(print) ?? text).toBe(text)
      seen.set(print, text)
    }),
    { numRuns: 5_000 },
  )
})

test('changing a byte at any position changes both halves of the fingerprint', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (bytes, at, by) => {
        const other = bytes.slice()
        const place = at % bytes.length
        other[place] = bytes[place]! ^ by
        const [, one, two] = fingerprint([bytes]).split(':')
        const [, otherOne, otherTwo] = fingerprint([other]).split(':')
        expect(otherOne).not.toBe(one)
        expect(otherTwo).not.toBe(two)
      },
    ),
  )
})
