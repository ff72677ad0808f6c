import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from '../testing/any-text.ts'
import { FIELDS } from './fields.ts'
import { asksForDeleted, parseSearch, printTerm, type Term } from './parse.ts'
import { anySearch } from './testing/search.ts'

type Printed = Parameters<typeof printTerm>[0]
const printSearch = (terms: readonly Printed[]) => terms.map(printTerm).join(' ')
const printed = (text: string) => printSearch(parseSearch(text))
const withoutPlaces = (terms: readonly Term[]) => terms.map((term) => ({ ...term, start: 0, end: 0 }))
const problems = (text: string) =>
  parseSearch(text).map(({ meaning }) => (meaning.is === 'wrong' ? meaning.problem : null))

describe('a search', () => {
  test.each([
    ['web db', 'web db'],
    ['  web   db ', 'web db'],
    ['IS:Running', 'is:running'],
    ['is:"shutting down"', 'is:shutting-down'],
    ['is=stopped', 'is:stopped'],
    ['-is:stopped -web', '-is:stopped -web'],
    ['group:default head:head1* profile:virtio2013', 'group:default head:head1* profile:virtio2013'],
    ['cores >= 4 memory<2 GiB', 'cores>=4 memory<2 GiB'],
    ['cores:4', 'cores=4'],
    ['cores≥04', 'cores>=4'],
    ['memory<2gb', 'memory<2GiB'],
    ['memory=1.50G', 'memory=1.5GiB'],
    ['memory>512m', 'memory>512MiB'],
    ['memory<=1TiB', 'memory<=1TiB'],
    ['"two words"', '"two words"'],
    ['“two words”', '"two words"'],
    ['"not closed', '"not closed"'],
    ['"web"', 'web'],
    ['"is:running"', '"is:running"'],
    ['"-web"', '"-web"'],
    ['-"-web"', '--web'],
    ['"say \\"hi\\""', '"say \\"hi\\""'],
    ['2001:db8::1 fe80:1 fd00::', '2001:db8::1 fe80:1 fd00::'],
    ['dead:beef::1%eth0 cd:12:34 [fd00::1]', 'dead:beef::1%eth0 cd:12:34 [fd00::1]'],
    ['ip:2001:db8::1 mac:fe:ff', 'ip:2001:db8::1 mac:fe:ff'],
    ['autoreboot:Yes locked:off', 'autoreboot:on locked:no'],
    ['disc > 40g', 'disc>40GiB'],
    ['web-1.example', 'web-1.example'],
    ['', ''],
  ])('is printed as $1 if typed as $0', (text, expected) => {
    expect(printed(text)).toBe(expected)
  })

  test('begins with the field cd, unless it is a part of an address', () => {
    expect(parseSearch('cd: cd:ab cd:ab:ef').map(({ field }) => field)).toEqual(['cd', 'cd', null])
  })

  test('has the position of each term', () => {
    expect(parseSearch(' web  -is:stopped').map(({ start, end }) => [start, end])).toEqual([
      [1, 4],
      [6, 17],
    ])
  })

  test.each([
    ['foo:bar', /No field “foo”. “How to search” lists all fields.*"foo:bar"/],
    ['is:sleeping', /No state “sleeping”.*running, stopped, restarting, deleted or changing/],
    ['is:', /Name a state, such as running, stopped, restarting, deleted or changing/],
    ['is>running', /can’t be compared\. Write is:running/],
    ['head>head1', /“head” can’t be compared\. Write head:head1/],
    ['group:', /Add a value, such as group:/],
    ['locked:maybe', /Write locked:yes or locked:no/],
    ['disc>40', /Add a unit \(MiB, GiB or TiB\), such as disc>40GiB/],
    ['cores>=x', /whole number, such as cores>=4/],
    ['cores=2.5', /whole number/],
    ['memory<2', /Add a unit \(MiB, GiB or TiB\), such as memory<2GiB/],
    ['memory<much', /number with a unit \(MiB, GiB or TiB\), such as memory<2GiB/],
    ['-', /Enter a word/],
    ['""', /Enter a word/],
  ])('has a message for the invalid term %s, and parses the other terms', (text, problem) => {
    const [first, second] = problems(`${text} web`)
    expect(first).toMatch(problem)
    expect(second).toBeNull()
  })

  test('includes deleted machines if one of its terms asks for them and none excludes them', () => {
    expect(asksForDeleted(parseSearch('web is:deleted'))).toBe(true)
    expect(asksForDeleted(parseSearch('web -is:deleted deleted'))).toBe(false)
  })

  test('never throws, and has all terms within the text', () => {
    fc.assert(
      fc.property(fc.oneof(anySearch, anyText()), (text) => {
        for (const { start, end } of parseSearch(text)) {
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('takes a quoted operator after a field name for a word of its own', () => {
    expect(printSearch(parseSearch('memory "<"'))).toBe('memory "<"')
    expect(printSearch(parseSearch('group ":web" -":"'))).toBe('group ":web" -:')
  })

  test('stays the same when it is printed and parsed again', () => {
    fc.assert(
      fc.property(fc.oneof(anySearch, anyText()), (text) => {
        const terms = parseSearch(text)
        expect(withoutPlaces(parseSearch(printSearch(terms)))).toEqual(withoutPlaces(terms))
      }),
      { numRuns: 300 },
    )
  })

  test('that is printed from any terms is parsed as the same terms', () => {
    const value = fc.string({
      unit: fc.constantFrom('a', '1', '"', '\\', '-', ':', '>', '=', ' ', '*', '“', '.'),
    })
    const term = fc.record({
      not: fc.boolean(),
      field: fc.option(fc.constantFrom(...Object.keys(FIELDS), 'dead', 'foo')),
      operator: fc.constantFrom(...([':', '=', '<', '>', '<=', '>='] as const)),
      value,
    })
    fc.assert(
      fc.property(fc.array(term, { maxLength: 4 }), (terms) => {
        const made = terms.map((each) => ({ ...each, operator: each.field === null ? null : each.operator }))
        const parsed = parseSearch(printSearch(made))
        expect(parsed.map(({ not, field }) => ({ not, field }))).toEqual(
          made.map(({ not, field }) => ({ not, field })),
        )
        for (const [at, { meaning, value }] of parsed.entries()) {
          if (meaning.is === 'word' || meaning.is === 'text') expect(value).toBe(made[at]?.value)
        }
      }),
      { numRuns: 300 },
    )
  })
})
