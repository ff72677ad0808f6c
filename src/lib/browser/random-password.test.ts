import { afterEach, describe, expect, test, vi } from 'vitest'
import { RANDOM_PASSWORD_BITS, randomPassword } from './random-password.ts'

/** Makes crypto return these bytes over and over. */
function mockRandomBytes(bytes: readonly number[]) {
  let used = 0
  const fill = <T extends ArrayBufferView>(into: T): T => {
    const view = new Uint8Array(into.buffer, into.byteOffset, into.byteLength)
    view.forEach((_, i) => (view[i] = bytes[used++ % bytes.length] ?? 0))
    return into
  }
  vi.spyOn(crypto, 'getRandomValues').mockImplementation(fill)
}

const SHAPE = /^[2-9a-kmnp-xA-HJ-NP-X]{4}(-[2-9a-kmnp-xA-HJ-NP-X]{4}){4}$/

describe('a random password', () => {
  afterEach(() => vi.restoreAllMocks())

  test('has five groups of four unmistakable characters', () => {
    for (let i = 0; i < 500; i++) {
      const password = randomPassword()
      expect(password).toMatch(SHAPE)
      expect(password).not.toMatch(/[0O1lIoyzYZ]/)
    }
  })

  test('differs each time', () => {
    const many = Array.from({ length: 1000 }, randomPassword)
    expect(new Set(many).size).toBe(many.length)
  })

  test('has the stated strength of more than 112 bits, as any character can occur', () => {
    const used = new Set(Array.from({ length: 500 }, randomPassword).join('').replaceAll('-', ''))
    expect(RANDOM_PASSWORD_BITS).toBe(Math.floor(20 * Math.log2(used.size)))
    expect(RANDOM_PASSWORD_BITS).toBeGreaterThan(112)
  })

  test('uses all characters with equal probability, and discards surplus bytes', () => {
    // All 256 bytes in order, often enough to cross each group boundary many times. 208 of the bytes (52 × 4) are used.
    mockRandomBytes(Array.from({ length: 256 }, (_, byte) => byte))
    const all = Array.from({ length: 208 }, randomPassword).join('').replaceAll('-', '')
    const counts = new Map<string, number>()
    for (const character of all) counts.set(character, (counts.get(character) ?? 0) + 1)
    expect(counts.size).toBe(52)
    expect(new Set(counts.values())).toEqual(new Set([80]))
  })

  test('doesn’t map surplus bytes to the first characters', () => {
    mockRandomBytes([255, 208, 51])
    expect(new Set(randomPassword().replaceAll('-', ''))).toEqual(new Set(['X']))
  })
})
