import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareAddresses, isIpv4, isIpv6 } from './addresses.ts'

const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant(undefined))
const value = (ip: string) => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

describe('addresses', () => {
  test.each(['fd00::2', '::', '2001:DB8:0:0:0:0:0:1', '::ffff:192.0.2.1'])('%s is IPv6', (text) => {
    expect(isIpv6(text)).toBe(true)
  })

  test.each([
    '',
    '192.0.2.1',
    'fd00',
    'fd00:::2',
    'fd00::2/64',
    '[fd00::2]',
    'fe80::1%eth0',
    'g::1',
    '1:2:3:4:5:6:7:8:9',
  ])('%j is not IPv6', (text) => {
    expect(isIpv6(text)).toBe(false)
  })

  test.each(['192.0.2.1', '0.0.0.0', '255.255.255.255'])('%s is IPv4', (text) => {
    expect(isIpv4(text)).toBe(true)
  })

  test.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '1.2.3.x',
    '1.2.3.',
    '2001:db8::1',
    '1.2.3.4/24',
    '-1.2.3.4',
    ' 1.2.3.4',
  ])('%j is not', (text) => {
    expect(isIpv4(text)).toBe(false)
  })

  test('every IPv4 address is one, and no IPv6 address', () => {
    fc.assert(fc.property(fc.ipV4(), (ip) => isIpv4(ip)))
    fc.assert(fc.property(fc.ipV6(), (ip) => !isIpv4(ip)))
  })

  test('sort by value, IPv4 first, machines without an address last', () => {
    const sorted = [undefined, '2001:db8::1', '10.0.0.10', '9.255.0.1', '10.0.0.9'].toSorted(compareAddresses)
    expect(sorted).toEqual(['9.255.0.1', '10.0.0.9', '10.0.0.10', '2001:db8::1', undefined])
    // toSorted never asks about undefined, so ask.
    expect(compareAddresses(undefined, '1.1.1.1')).toBeGreaterThan(0)
    expect(compareAddresses('2001:db8::1', undefined)).toBeLessThan(0)
    expect(compareAddresses(undefined, undefined)).toBe(0)
  })

  test('IPv4 addresses compare as the numbers that they are', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (a, b) => {
        expect(compareAddresses(a, b)).toBe(Math.sign(value(a) - value(b)))
      }),
    )
  })

  test('the other way about it is the opposite', () => {
    fc.assert(
      fc.property(address, address, (a, b) => {
        expect(compareAddresses(a, b) + compareAddresses(b, a)).toBe(0)
      }),
    )
  })
})
