import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fingerprint } from './same-answer.ts'

test('how a text is cut into pieces makes no difference', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (pieces) => {
      const whole = Uint8Array.from(pieces.flatMap((piece) => [...piece]))
      expect(fingerprint(pieces)).toBe(fingerprint([whole]))
    }),
  )
})

test('another text has another fingerprint', () => {
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

test('one changed byte changes both halves, wherever it stands', () => {
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
