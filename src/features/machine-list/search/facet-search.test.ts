import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { facetOfSearch, withFacet } from './facet-search.ts'
import { FACETS } from './facet-names.ts'
import { withoutOldParameter } from '../list-view.ts'

const facet = fc.constantFrom(...FACETS.map(({ value }) => value))

describe('the facet of a search', () => {
  test.each([
    ['', 'all'],
    ['web cores>=4', 'all'],
    ['web is:stopped', 'stopped'],
    ['"is:stopped"', 'all'],
    ['-is:stopped', null],
    ['is:starting', null],
    ['is:running is:stopped', null],
    ['is:nonsense', null],
  ])('of “%s” is %s', (query, expected) => {
    expect(facetOfSearch(query)).toBe(expected)
  })

  test('replaces the terms for states, and keeps all others as they are', () => {
    expect(withFacet('web', 'stopped')).toBe('is:stopped web')
    expect(withFacet('a is:running "b  c" -is:starting d', 'deleted')).toBe('is:deleted a "b  c" d')
    expect(withFacet('is:running web is:nope', 'all')).toBe('web')
    expect(withFacet('is:running "web 1', 'stopped')).toBe('is:stopped "web 1')
  })

  test('is the one chosen, whatever the search was before', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('is:running', '-is:stopped', 'IS:x', '"a b"', '"', 'cores>2'),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), facet, (words, value) => {
        const query = withFacet(words.join(' '), value)
        expect(facetOfSearch(query)).toBe(value)
        expect(withFacet(query, value)).toBe(query)
      }),
    )
  })
})

test.each([
  ['?deleted=1', '/list'],
  ['?deleted=only', '/list?q=is%3Adeleted'],
  ['?q=web&deleted=only&sort=-cores', '/list?q=is%3Adeleted+web&sort=-cores'],
  ['?q=web', null],
])('withoutOldParameter turns the address “%s” of an older link into %s', (search, expected) => {
  expect(withoutOldParameter(new URL(`http://localhost/list${search}`))).toBe(expected)
})
