import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groupOfListPath, links, safeNext } from './links.ts'
import { anyText } from './testing/any-text.ts'

const ORIGIN = 'http://localhost:5173'

describe('the dashboard’s links', () => {
  const ref = { account: 'acme', group: 'default' }

  test('have the paths of BigV’s API', () => {
    expect(links.account('acme')).toBe('/accounts/acme')
    expect(links.machines(ref)).toBe('/accounts/acme/groups/default/virtual_machines')
    expect(links.machine(ref, 1234)).toBe('/accounts/acme/groups/default/virtual_machines/1234')
    expect(links.machine(ref, 'web 1')).toBe('/accounts/acme/groups/default/virtual_machines/web%201')
    expect(links.create(ref)).toBe('/accounts/acme/groups/default/vm_create')
  })

  test('include the page’s tab, filter or search', () => {
    expect(links.machineTab(ref, 'web 1', 'keys')).toBe(`${links.machine(ref, 'web 1')}?tab=keys`)
    expect(links.deletedMachines(ref)).toBe(`${links.machines(ref)}?q=is:deleted`)
    expect(links.searchAll('acme', 'web 1')).toBe('/accounts/acme/virtual_machines?q=web+1')
    expect(links.createdBatch(ref, 'a&b')).toBe(`${links.create(ref)}?run=a%26b`)
  })

  test('encode a name as one segment', () => {
    expect(links.machines({ account: 'a/b', group: '?c#d' })).toBe(
      '/accounts/a%2Fb/groups/%3Fc%23d/virtual_machines',
    )
  })

  test('replace a lone surrogate in a name instead of throwing', () => {
    expect(links.account('a\ud800')).toBe(`/accounts/a${encodeURIComponent('\ufffd')}`)
  })

  test('include the page to return to after the user has signed in', () => {
    expect(links.signIn()).toBe('/sign-in')
    const next = '/accounts/acme?sort=name&q=a#b'
    const url = new URL(links.signIn(next), ORIGIN)
    expect([...url.searchParams]).toEqual([['next', next]])
    expect(url.hash).toBe('')
  })
})

describe('the page shown after signing in', () => {
  test.each([
    '/',
    '/accounts/acme/groups/default/virtual_machines',
    '/accounts/acme/groups/default/virtual_machines?sort=name&q=a%20b',
    '/accounts/acme/groups/default/virtual_machines/1?tab=discs#x',
    '/activity?next=https://evil.example/',
  ])('can be %s', (next) => {
    expect(safeNext(next, ORIGIN)).toBe(next)
  })

  test.each([
    ['nothing', null],
    ['empty', ''],
    ['relative', 'accounts'],
    ['another host', '//evil.example'],
    ['another host after backslashes', '/\\evil.example'],
    ['another host after backslashes', '\\\\evil.example'],
    ['another host after three', '///evil.example'],
    ['a tab inside', '/\t/evil.example'],
    ['a newline inside', '/\n/evil.example'],
    ['a return inside', '/\r\\evil.example'],
    ['a tab before', '\t//evil.example'],
    ['a space before', ' //evil.example'],
    ['dots that fold to it', '/.//evil.example'],
    ['dots that fold to it', '/x/..//evil.example'],
    ['encoded dots that fold to it', '/%2e%2e//evil.example'],
    ['encoded dots and a backslash', '/%2E/\\evil.example'],
    ['an address', 'https://evil.example/'],
    ['an address of ours', `${ORIGIN}/accounts`],
    ['a user before the host', '//localhost:5173@evil.example/'],
    ['a script', 'javascript:alert(1)'],
    ['a script after a tab', 'java\tscript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['a broken host', '//['],
    ['the sign-in page itself', '/sign-in'],
    ['the sign-in page, going round', '/sign-in?next=/sign-in'],
    ['the sign-in page by dots', '/x/../sign-in'],
  ])('can’t be %s: %j', (_, next) => {
    expect(safeNext(next, ORIGIN)).toBeNull()
  })

  test('stays within the dashboard’s origin despite dots', () => {
    expect(safeNext('/%2F../../x', ORIGIN)).toBe('/x')
    expect(safeNext('/%2F..', ORIGIN)).toBe('/%2F..')
  })

  test('is never of another origin, as a link or relative to any page', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2e',
      '%2F',
      '%5C',
      '\t',
      '\n',
      '\r',
      ' ',
      '@',
      ':',
      '?',
      '#',
      'x',
      'evil.example',
      'javascript:',
      'http:',
      'sign-in',
      '\u0000',
      '／',
    )
    const next = fc.oneof(
      { weight: 12, arbitrary: fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`) },
      { weight: 6, arbitrary: anyText().map((text) => `/${text}`) },
      // Such URLs are slow to generate, and their first letter is enough to reject them.
      { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
    )
    fc.assert(
      fc.property(next, (text) => {
        const path = safeNext(text, ORIGIN)
        // A single boolean to expect: thousands of expects would take longer than the tested code.
        return (
          path === null ||
          (/^\/(?![/\\])/.test(path) &&
            new URL(path, ORIGIN).origin === ORIGIN &&
            new URL(path, `${ORIGIN}/a/b/c`).href === `${ORIGIN}${path}`)
        )
      }),
      { numRuns: 1500 },
    )
  })
})

describe('the group in the path of a list', () => {
  test('is found in every link to a list', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.string({ minLength: 1 }),
        (account, group) => {
          expect(groupOfListPath(links.machines({ account, group }))).toEqual({ account, group })
        },
      ),
    )
  })

  test.each([
    '/',
    '/accounts/acme',
    '/accounts/acme/groups/default/virtual_machines/www1',
    '/accounts/acme/groups/default/vm_create',
    '/accounts/%E0%A4%A/groups/default/virtual_machines',
  ])('is null for %s', (path) => {
    expect(groupOfListPath(path)).toBeNull()
  })
})
