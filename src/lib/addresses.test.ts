import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressSortKey, ipRestrictionsProblem, isIpv4, isIpv6 } from './addresses.ts'

const parts = (ip: string) => ip.split('.').map(Number)

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
  ])('%j is not IPv4', (text) => {
    expect(isIpv4(text)).toBe(false)
  })

  test('isIpv4 accepts every generated IPv4 address, and no IPv6 address', () => {
    fc.assert(fc.property(fc.ipV4(), (ip) => isIpv4(ip)))
    fc.assert(fc.property(fc.ipV6(), (ip) => !isIpv4(ip)))
  })

  test('sorts IPv4 addresses by value, and others as text', () => {
    expect(['10.0.0.10', '9.255.0.1', '10.0.0.9', '255.255.255.255', '0.0.0.0'].map(addressSortKey)).toEqual([
      167772170, 167706625, 167772169, 4294967295, 0,
    ])
    expect(addressSortKey('2001:db8::1')).toBe('2001:db8::1')
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (a, b) => {
        const differing = parts(a)
          .map((part, place) => part - (parts(b)[place] ?? 0))
          .find((difference) => difference !== 0)
        expect(Math.sign(Number(addressSortKey(a)) - Number(addressSortKey(b)))).toBe(
          Math.sign(differing ?? 0),
        )
      }),
    )
  })
})

test.each(['', '192.0.2.1', '192.0.2.0/24, 2001:db8::/32', ' 198.51.100.7 ::1 '])(
  'ipRestrictionsProblem accepts “%s”',
  (text) => {
    expect(ipRestrictionsProblem(text)).toBeNull()
  },
)

test.each([
  ['192.0.2', '192.0.2'],
  ['192.0.2.1/33', '192.0.2.1/33'],
  ['192.0.2.1, home', 'home'],
  ['2001:db8::/129', '2001:db8::/129'],
  ['192.0.2.0/24/8', '192.0.2.0/24/8'],
  ['::1/x', '::1/x'],
])('ipRestrictionsProblem rejects “%s” because of %s', (text, wrong) => {
  expect(ipRestrictionsProblem(text)).toBe(
    `“${wrong}” is neither an address nor a network such as 192.0.2.0/24.`,
  )
})
