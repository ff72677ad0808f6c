import { afterEach, describe, expect, test, vi } from 'vitest'
import { RANDOM_PASSWORD_BITS, randomPassword } from './random-password.ts'

/** Has crypto give these bytes, again and again. */
function rigged(bytes: readonly number[]) {
  let drawn = 0
  const draw = <T extends ArrayBufferView>(into: T): T => {
    const view = new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
    view.forEach((_, i) => (view[i] = bytes[drawn++ % bytes.length] ?? 0))
    return into
  }
  vi.spyOn(crypto, 'getRandomValues').mockImplementation(draw)
}

const SHAPE = /^[2-9a-kmnp-xA-HJ-NP-X]{4}(-[2-9a-kmnp-xA-HJ-NP-X]{4}){4}$/

describe('a random password', () => {
  afterEach(() => vi.restoreAllMocks())

  test('is five groups of four characters that are not taken for one another', () => {
    for (let i = 0; i < 500; i++) {
      const password = randomPassword()
      expect(password).toMatch(SHAPE)
      expect(password).not.toMatch(/[0O1lIoyzYZ]/)
    }
  })

  test('never comes twice', () => {
    const many = Array.from({ length: 1000 }, randomPassword)
    expect(new Set(many).size).toBe(many.length)
  })

  test('is as strong as it says: more than 112 bits, and every character has its turn', () => {
    const used = new Set(Array.from({ length: 500 }, randomPassword).join('').replaceAll('-', ''))
    expect(RANDOM_PASSWORD_BITS).toBe(Math.floor(20 * Math.log2(used.size)))
    expect(RANDOM_PASSWORD_BITS).toBeGreaterThan(112)
  })

  test('draws each character from as many of the 256 bytes, and draws again for the bytes left over', () => {
    // All 256 bytes in order, so often that each group boundary is passed many times: 52 × 4 = 208 of them count.
    rigged(Array.from({ length: 256 }, (_, byte) => byte))
    const drawn = Array.from({ length: 208 }, randomPassword).join('').replaceAll('-', '')
    const counts = new Map<string, number>()
    for (const character of drawn) counts.set(character, (counts.get(character) ?? 0) + 1)
    expect(counts.size).toBe(52)
    expect(new Set(counts.values())).toEqual(new Set([80]))
  })

  test('does not fold a byte beyond the last whole round on to the first characters', () => {
    rigged([255, 208, 51])
    expect(new Set(randomPassword().replaceAll('-', ''))).toEqual(new Set(['X']))
  })
})
