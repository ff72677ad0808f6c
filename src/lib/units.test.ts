import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMib, formatTotalMib, gibToMib, mibToGib } from './units.ts'

describe('sizes', () => {
  test.each([
    [0, '0 MiB'],
    [1023, '1023 MiB'],
    [1025, '1 GiB'],
    [1500, '1.5 GiB'],
    [1024 * 1023, '1023 GiB'],
    [1024 * 1024, '1 TiB'],
    [1024 * 1100, '1.1 TiB'],
    [1e300, '9.54e+293 TiB'],
  ])('a sum of %i MiB is shown as %s', (mib, text) => {
    expect(formatTotalMib(mib)).toBe(text)
  })

  test.each([
    [0, '0 MiB'],
    [512, '512 MiB'],
    [1023, '1023 MiB'],
    [1024, '1 GiB'],
    [1536, '1.5 GiB'],
    [1280, '1.25 GiB'],
    [8192, '8 GiB'],
    [10240, '10 GiB'],
    [102400, '100 GiB'],
    [2097152, '2 TiB'],
    [1310720, '1.25 TiB'],
    [1126400, '1100 GiB'],
    [1025, '1025 MiB'],
    [1100, '1100 MiB'],
    [-512, '-512 MiB'],
    [-2048, '-2 GiB'],
  ])('%i MiB is shown as %s', (mib, text) => {
    expect(formatMib(mib)).toBe(text)
  })

  test('two different sizes are never shown as the same text', () => {
    const size = { MiB: 1, GiB: 1024, TiB: 1024 ** 2 }
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), (mib) => {
        const [number, unit] = formatMib(mib).split(' ') as [string, keyof typeof size]
        expect(Number(number) * size[unit]).toBe(mib)
      }),
    )
  })

  test('MiB stay the same when converted to GiB and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 }), (mib) => {
        expect(gibToMib(mibToGib(mib))).toBe(mib)
      }),
    )
  })

  test('are rounded from GiB to whole MiB', () => {
    expect(gibToMib(0.1)).toBe(102)
    expect(gibToMib(1.5)).toBe(1536)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2048, noNaN: true }), (gib) => {
        expect(Number.isInteger(gibToMib(gib))).toBe(true)
        expect(Math.abs(gibToMib(gib) - gib * 1024)).toBeLessThanOrEqual(0.5)
      }),
    )
  })
})
