import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compareNatural,
  findCalled,
  segmentOf,
  groupNameProblem,
  hasControlCharacter,
  machineNameProblem,
} from './names.ts'
import { anyText } from './testing/any-text.ts'

describe('a machine’s new name', () => {
  test.each(['web', 'web-1', 'a', '1a', 'A--b', 'a'.repeat(63)])('can be %j', (name) => {
    expect(machineNameProblem(name)).toBeNull()
  })

  test.each([
    ['', 'Enter a name.'],
    ['123', 'A name can’t be digits only: BigV would take it for an ID.'],
    ['-web', 'A name can’t start or end with a dash.'],
    ['web-', 'A name can’t start or end with a dash.'],
    ['-', 'A name can’t start or end with a dash.'],
    ['a'.repeat(65), 'Too long by 2. At most 63 characters.'],
    ...['web ', 'web\n', 'my machine', 'under_score', 'web.int', '..', 'a/b', 'Ωmega', 'we\u0000b'].map(
      (name) => [name, 'Use only letters (a to z), digits and dashes.'],
    ),
  ])('can’t be %j: %s', (name, problem) => {
    expect(machineNameProblem(name)).toBe(problem)
  })
})

describe('a group’s new name', () => {
  test.each(['web', 'my group', 'Ωmega', '...', '.web', '-', '1.5', 'under_score'])('can be %j', (name) => {
    expect(groupNameProblem(name, [])).toBeNull()
  })

  test.each([
    [' ', 'A name can’t start or end with a space.'],
    [' web', 'A name can’t start or end with a space.'],
    ['web\n', 'A name can’t start or end with a space.'],
    ['0', 'A name can’t be digits only: BigV would take it for an ID.'],
    ['.', 'A name can’t be . or ..'],
    ['..', 'A name can’t be . or ..'],
    ['we\u0000b', 'A name can’t contain control characters.'],
    ['we\u0085b', 'A name can’t contain control characters.'],
    ['../etc', 'A name can’t contain a slash.'],
  ])('can’t be %j: %s', (name, problem) => {
    expect(groupNameProblem(name, [])).toBe(problem)
  })

  test('can’t contain C0 or C1 control characters, or a delete', () => {
    const controls = Array.from({ length: 0x200 }, (_, code) => code).filter((code) =>
      hasControlCharacter(`a${String.fromCharCode(code)}b`),
    )
    const expected = Array.from({ length: 0x200 }, (_, code) => code).filter(
      (code) => code <= 0x1f || (code >= 0x7f && code <= 0x9f),
    )
    expect(controls).toEqual(expected)
    expect(hasControlCharacter('')).toBe(false)
    expect(hasControlCharacter('😀é')).toBe(false)
  })
})

test('a number in a path means the record with this ID, or else the one with this name', () => {
  const [named, numbered] = [
    { id: 5, name: '7' },
    { id: 7, name: 'web' },
  ]
  expect(findCalled([named, numbered], '7')).toBe(numbered)
  expect(findCalled([named], '7')).toBe(named)
  expect(findCalled([named, numbered], 'web')).toBe(numbered)
  expect(findCalled([named, numbered], '8')).toBeUndefined()
  expect(findCalled(undefined, '7')).toBeUndefined()
})

test('groupNameProblem rejects an invalid or existing name', () => {
  expect(groupNameProblem('staging-2', ['default'])).toBeNull()
  expect(groupNameProblem('', [])).toBe('Enter a name.')
  expect(groupNameProblem('default', ['default'])).toBe('A group with this name already exists.')
  expect(groupNameProblem('12', [])).toBe('A name can’t be digits only: BigV would take it for an ID.')
  expect(groupNameProblem('a/b', [])).toBe('A name can’t contain a slash.')
})

const name = fc.oneof(
  fc.string(),
  anyText({ maxLength: 6 }),
  // Similar names, which are hard to order: they differ in leading zeros or in case.
  fc.stringMatching(/^(web|Web|WEB|a|A|é|E)?-?0{0,2}[0-9]{0,2}(b|B)?$/),
)

describe('the natural order', () => {
  test('compares numbers by value and ignores case', () => {
    const names = ['web10', 'Web2', 'web1', 'db', 'web', 'web-10', 'web-9', 'DB2']
    expect(names.sort(compareNatural)).toEqual([
      'db',
      'DB2',
      'web',
      'web-9',
      'web-10',
      'web1',
      'Web2',
      'web10',
    ])
  })

  test('distinguishes names that differ only in case or leading zeros', () => {
    expect(compareNatural('web1', 'Web1')).not.toBe(0)
    expect(compareNatural('web01', 'web1')).not.toBe(0)
  })

  test('is zero only for equal texts', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(compareNatural(a, b) === 0).toBe(a === b)
        expect(compareNatural(a, a)).toBe(0)
      }),
    )
  })

  test('is antisymmetric', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(Math.sign(compareNatural(a, b)) + Math.sign(compareNatural(b, a))).toBe(0)
      }),
    )
  })

  test('is transitive', () => {
    fc.assert(
      fc.property(name, name, name, (a, b, c) => {
        const [x, y, z] = [a, b, c].sort(compareNatural) as [string, string, string]
        expect(compareNatural(x, z)).toBeLessThanOrEqual(0)
        expect(compareNatural(x, y)).toBeLessThanOrEqual(0)
        expect(compareNatural(y, z)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 1000 },
    )
  })

  test('doesn’t depend on the list’s original order', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        const forwards = [...names].sort(compareNatural)
        const backwards = [...names].reverse().sort(compareNatural)
        expect(backwards).toEqual(forwards)
      }),
    )
  })
})

test('segmentOf returns the name of a group or account, or its id if the name is digits only', () => {
  expect(segmentOf({ id: 7, name: 'web' })).toBe('web')
  expect(segmentOf({ id: 7, name: '42' })).toBe('7')
})
