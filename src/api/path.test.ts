import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasControlCharacter } from '../lib/names.ts'
import { anyText } from '../lib/testing/any-text.ts'
import { apiPath, withQuery } from './path.ts'
import { machinePath } from './virtual-machines.ts'

const anything = fc.oneof(
  fc.string(),
  anyText(),
  fc.constantFrom('%2e%2e', '%2F', 'a/b', '..;', '?', '#', '\\', '+', ' '),
)
const allowed = anything.filter((text) => !['', '.', '..'].includes(text) && !hasControlCharacter(text))

describe('a path of BigV’s API', () => {
  test('encodes every segment', () => {
    expect(apiPath('accounts', 'acme', 'groups', 'my group', 'virtual_machines', 12)).toBe(
      '/accounts/acme/groups/my%20group/virtual_machines/12',
    )
    expect(apiPath('a/b', '?c', '#d', '%2e%2e', '\\e')).toBe('/a%2Fb/%3Fc/%23d/%252e%252e/%5Ce')
    expect(machinePath({ account: 'acme', group: '7' }, 9)).toBe('/accounts/acme/groups/7/virtual_machines/9')
  })

  test.each(['', '.', '..', 'a\u0000', '\t', 'a\nb', '\u007f', '\u009f', '\ud800', 'a\udc00'])(
    'can’t have %j as a segment',
    (segment) => {
      expect(() => apiPath('accounts', segment)).toThrow(RangeError)
      expect(() => machinePath({ account: 'acme', group: 'default' }, segment)).toThrow(RangeError)
      expect(() => machinePath({ account: 'acme', group: segment }, 1)).toThrow(RangeError)
    },
  )

  test('survives a URL parser unchanged, and decodes to its segments', () => {
    fc.assert(
      fc.property(fc.array(allowed, { minLength: 1, maxLength: 6 }), (segments) => {
        const path = apiPath(...segments)
        const { pathname, search, hash } = new URL(`/api${path}`, 'http://localhost')
        expect([pathname, search, hash]).toEqual([`/api${path}`, '', ''])
        expect(pathname.split('/').slice(2).map(decodeURIComponent)).toEqual(segments)
      }),
      { numRuns: 500 },
    )
  })

  test('never goes up to a parent, whatever the segments', () => {
    const hostile = fc.array(fc.oneof(anything, fc.constantFrom('.', '..', '', '\t.', '.\n.')), {
      maxLength: 4,
    })
    fc.assert(
      fc.property(hostile, (segments) => {
        let path
        try {
          path = apiPath('accounts', ...segments)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
          return
        }
        expect(new URL(path, 'http://localhost').pathname.split('/')).toHaveLength(segments.length + 2)
      }),
    )
  })
})

describe('a query of BigV’s API', () => {
  test('omits undefined parameters', () => {
    expect(withQuery('/x', { view: 'overview', include_deleted: true, purge: undefined })).toBe(
      '/x?view=overview&include_deleted=true',
    )
    expect(withQuery('/x', { include_deleted: undefined })).toBe('/x')
    expect(withQuery('/x', { purge: false, page: 0 })).toBe('/x?purge=false&page=0')
  })

  test('decodes to its values', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const url = new URL(withQuery('/x', { value }), 'http://localhost')
        expect([...url.searchParams]).toEqual([['value', value]])
        expect(url.hash).toBe('')
      }),
    )
  })
})
