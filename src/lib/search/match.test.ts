import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Searchable } from './fields.ts'
import { matcher } from './match.ts'
import { parseSearch } from './parse.ts'
import { anyMachine, anySearch } from './testing/search.ts'

const web: Searchable = {
  id: 4711,
  name: 'Web-1',
  hostname: 'web-1.default.acme.uk0.bigv.io',
  addresses: ['198.18.0.7', '2001:db8::7'],
  states: ['running'],
  group: 'default',
  attributes: { head: 'head1', hardware_profile: 'virtio2013' },
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
  ])('matches the search %s', (text) => {
    expect(fits(text)).toBe(true)
  })

  test.each([
    'sql',
    'web sql',
    '-web',
    'virtio2013',
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
