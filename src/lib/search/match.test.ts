import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Searchable } from './searchable.ts'
import { matcher } from './match.ts'
import { parseSearch } from './parse.ts'
import { anyMachine, anySearch } from './testing/search.ts'

const web: Searchable = {
  id: 4711,
  name: 'Web-1',
  hostname: 'web-1.default.acme.uk0.bigv.io',
  addresses: '198.18.0.7 2001:db8::7',
  macs: 'FE:FF:00:00:30:27',
  states: ['running', 'waiting'],
  group: 'default',
  discs: [
    { size: 25_600, grade: 'sata' },
    { size: 51_200, grade: 'ssd' },
  ],
  labels: 'vda\narchive',
  cd: 'http://••••••@example.com/rescue.iso',
  attributes: {
    head: 'head1',
    hardware_profile: 'virtio2013',
    hardware_profile_locked: true,
    autoreboot_on: false,
    zone_name: 'york',
    keymap: 'en-gb',
    last_imaged_with: 'wheezy',
    management_address: '2001:db8:ffff::1',
    cdrom_url: 'http://user:secret@example.com/rescue.iso',
  },
  cores: 4,
  memory: 2048,
}
const off: Searchable = {
  ...web,
  name: 'off',
  attributes: { ...web.attributes, head: null },
  states: ['changing', 'starting'],
}
const fits = (text: string, machine = web) => matcher(parseSearch(text))(machine)

describe('a machine', () => {
  test.each([
    'web-1',
    'WEB',
    'eb-1 acme',
    '4711',
    '198.18',
    '2001:DB8::7',
    '"default.acme"',
    'is:running',
    '-is:stopped',
    'group:default',
    'group:DEFAULT',
    'head:head1',
    'head:h*1',
    'head:*',
    'profile:virtio*',
    'profile:*io*13*',
    'cores>=4',
    'cores=4',
    'cores<5',
    '-cores>4',
    'memory=2GiB',
    'memory>=2048MiB',
    'memory<0.5TiB',
    '-sql web',
    'foo:bar web',
    'memory<x is:running',
    '',
    // Every text of its page.
    'virtio2013 york en-gb head1 archive ssd default rescue.iso',
    'wheezy "Debian 7" 2013 471',
    '2001:db8:ffff::1',
    // Addresses in any form, and parts of addresses.
    '198.18.0. [2001:db8::7] 2001:0DB8:0:0:0:0:0:7 2001:db8::7/64 db8::',
    'fe:ff:00:00:30:27 FE-FF-00-00-30-27 feff.0000.3027 30:27 fe-ff-00 feff.0000',
    'web-1.default.acme.uk0.bigv.io. acme.uk0.bigv.io.',
    'name:web-* id:4711 host:web-1.default.acme.uk0.bigv.io.',
    'ip:198.18.0.7 ip:198.18 ip:2001:db8:0::7 ip:[2001:db8::7] ip:198.18.*',
    'mac:fe-ff-00-00-30-27 mac:fe:ff mac:feff.0000',
    'zone:york image:wheezy image:"debian 7" image:debian* keymap:en*',
    'autoreboot:off autoreboot:no locked:yes locked:true',
    'disc>40GiB disc=25GiB disc<30GiB -disc>50GiB',
    'grade:sata grade:ssd cd:*.iso cd:*example.com*',
    'is:waiting -is:overdue',
  ])('matches the search %s', (text) => {
    expect(fits(text)).toBe(true)
  })

  test.each([
    'sql',
    'web sql',
    '-web',
    'virtio2014',
    // A part of a number finds only numbers that few machines have.
    '13',
    'is:stopped',
    'is:changing',
    '-is:running',
    'head:head',
    'head:head10',
    'head:*2',
    'profile:*13*14*',
    'group:d*t*t',
    'cores>4',
    'cores<4',
    'memory<2GiB',
    'memory>2GiB',
    'foo:bar sql',
    // The words must not match across the end of the name and the start of the host name.
    '"web-1 web-1"',
    '"7 web-1"',
    // Only a whole address is compared as one, and IPv6 addresses are searched only for words with a colon.
    '[2001:db8::8]',
    '2001:db8::70',
    'db8',
    'ff-00',
    'fe-ff-01',
    'web-1.defaul.',
    'ip:2001:db8::70',
    'ip:8.18.0.7',
    'ip:2001:db8:ffff::1',
    'mac:00:00',
    'locked:no',
    'autoreboot:on',
    'disc>50GiB',
    'grade:sat',
    // No part of the password of a CD's URL.
    'secret',
    'cd:*secret*',
    'user',
  ])('does not match the search %s', (text) => {
    expect(fits(text)).toBe(false)
  })

  test('matches no head search while it has no head, and is:changing during an operation', () => {
    expect(fits('head:*', off)).toBe(false)
    expect(fits('-head:*', off)).toBe(true)
    expect(fits('is:changing is:starting', off)).toBe(true)
    expect(fits('is:running', off)).toBe(false)
  })

  test('matches each term or its negation, and never both', () => {
    fc.assert(
      fc.property(anySearch, anyMachine, (text, machine) => {
        for (const term of parseSearch(text)) {
          if (term.meaning.is === 'wrong') continue
          expect(matcher([term])(machine)).not.toBe(matcher([{ ...term, not: !term.not }])(machine))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('matches a search exactly if it matches all of the valid terms', () => {
    fc.assert(
      fc.property(anySearch, anyMachine, (text, machine) => {
        const terms = parseSearch(text)
        const each = terms.filter(({ meaning }) => meaning.is !== 'wrong').map((term) => matcher([term]))
        const all = each.every((test) => test(machine))
        expect(matcher(terms)(machine)).toBe(all)
        expect(matcher(terms.toReversed())(machine)).toBe(all)
      }),
      { numRuns: 300 },
    )
  })

  test('is searched quickly, even for a pattern with many stars', () => {
    const before = performance.now()
    expect(fits(`head:${'a*'.repeat(200)}b`, { ...web, attributes: { head: 'a'.repeat(10_000) } })).toBe(
      false,
    )
    expect(performance.now() - before).toBeLessThan(1_000)
  })
})
