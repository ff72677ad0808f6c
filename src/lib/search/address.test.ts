import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalAddress, hasAddress, partialMac } from './address.ts'

const hexOf = (number: number, digits: number) => number.toString(16).padStart(digits, '0')
const octets = fc.array(fc.nat(255), { minLength: 6, maxLength: 6 })
const groups = fc.array(fc.oneof(fc.constant(0), fc.nat(0xff_ff)), { minLength: 8, maxLength: 8 })
const long = (all: readonly number[]) => all.map((group) => hexOf(group, 4)).join(':')
/** As the browser shortens an IPv6 address. */
const short = (all: readonly number[]) => new URL(`http://[${long(all)}]/`).hostname.slice(1, -1)

describe('the canonical form of an address', () => {
  test.each([
    ['198.18.0.7', '198.18.0.7'],
    ['198.018.000.007', '198.18.0.7'],
    ['2001:DB8::7', '2001:db8:0:0:0:0:0:7'],
    ['[2001:db8::7]', '2001:db8:0:0:0:0:0:7'],
    ['2001:0db8:0000:0000:0000:0000:0000:0007', '2001:db8:0:0:0:0:0:7'],
    ['2001:db8::7/64', '2001:db8:0:0:0:0:0:7'],
    ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:1'],
    ['[fe80::1%eth0]', 'fe80:0:0:0:0:0:0:1'],
    ['::ffff:198.18.0.7', '0:0:0:0:0:ffff:c612:7'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['FE-FF-00-00-30-27', 'fe:ff:00:00:30:27'],
    ['feff.0000.3027', 'fe:ff:00:00:30:27'],
    ['fe:ff:0:0:30:27', 'fe:ff:00:00:30:27'],
  ])('of %s is %s', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical)
  })

  test.each([
    '',
    'web1',
    'db-1',
    '198.18.0.',
    '198.18.0.256',
    '198.18.0.7.1',
    '2001:db8:',
    '2001:db8::7::1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '::198.18.0',
    'fe:ff-00:00:30:27',
    'feff.0000',
    '12345::',
  ])('does not exist for %s', (text) => {
    expect(canonicalAddress(text)).toBeNull()
  })

  test('is the same for every way to write an IPv6 address', () => {
    fc.assert(
      fc.property(groups, (all) => {
        const canonical = canonicalAddress(long(all))
        expect(canonical).not.toBeNull()
        for (const text of [short(all), `[${short(all)}]`, `${short(all)}%eth0`, long(all).toUpperCase()])
          expect(canonicalAddress(text)).toBe(canonical)
      }),
    )
  })

  test('is the same for every way to write a MAC address', () => {
    fc.assert(
      fc.property(octets, (all) => {
        const pairs = all.map((octet) => hexOf(octet, 2))
        const dotted = pairs.join('').replace(/(....)(?=.)/g, '$1.')
        for (const text of [pairs.join(':'), pairs.join('-'), dotted, dotted.toUpperCase()])
          expect(canonicalAddress(text)).toBe(pairs.join(':'))
      }),
    )
  })

  test('differs for different addresses', () => {
    fc.assert(
      fc.property(groups, groups, (one, other) => {
        fc.pre(long(one) !== long(other))
        expect(canonicalAddress(short(one))).not.toBe(canonicalAddress(short(other)))
      }),
    )
  })

  test('is its own canonical form, and never throws for other texts', () => {
    const anything = fc.oneof(fc.string({ unit: fc.constantFrom(...'0a:.-[]%/') }), fc.ipV4(), fc.ipV6())
    fc.assert(
      fc.property(anything, (text) => {
        const canonical = canonicalAddress(text)
        if (canonical !== null) expect(canonicalAddress(canonical)).toBe(canonical)
      }),
      { numRuns: 500 },
    )
  })
})

test('a list has an address if one of its own is the same', () => {
  expect(hasAddress('198.18.0.7 2001:db8::7', '2001:db8:0:0:0:0:0:7')).toBe(true)
  expect(hasAddress('198.18.0.7 2001:db8::7', '2001:db8:0:0:0:0:0:70')).toBe(false)
  expect(hasAddress('', '198.18.0.7')).toBe(false)
  const same = [
    '2001:DB8::A',
    '[2001:db8::a]',
    '2001:db8::0.0.0.10',
    'FE-FF-00-00-30-2A',
    'feff.0000.302a',
    '2001:db8::',
  ]
  for (const address of [...same, '198.18.0.7'])
    expect(hasAddress(`198.18.0.1 ${address} ::2`, canonicalAddress(address) ?? ''), address).toBe(true)
})

test('a part of a MAC address is written with colons', () => {
  expect(partialMac('FE-FF-00')).toBe('fe:ff:00')
  expect(partialMac('fe-ff-')).toBe('fe:ff:')
  expect(partialMac('feff.0000')).toBe('fe:ff:00:00')
  expect(partialMac('ff:00')).toBe('ff:00')
  for (const word of ['db-1', 'de-ad', 'web-01-02', '198.18', 'feff']) expect(partialMac(word)).toBeNull()
})
