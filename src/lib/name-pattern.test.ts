import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expandNames, isPattern, MAX_NAMES, patternOf, problemWhileTyping } from './name-pattern.ts'

describe('a name pattern', () => {
  test.each([
    ['web', ['web']],
    ['web{1..3}', ['web1', 'web2', 'web3']],
    ['web{3..1}', ['web3', 'web2', 'web1']],
    ['web{08..11}', ['web08', 'web09', 'web10', 'web11']],
    ['web{1..03}-int', ['web01-int', 'web02-int', 'web03-int']],
    ['{a..c}1', ['a1', 'b1', 'c1']],
    ['{web,db}{1..2}', ['web1', 'web2', 'db1', 'db2']],
    ['web{7..7}', ['web7']],
  ])('expands %s', (typed, names) => {
    expect(expandNames(typed)).toEqual({ names, problem: null })
  })

  test.each([
    ['', 'Enter a name.'],
    ['a/b', 'Use only letters (a to z), digits and dashes.'],
    ['web{1..2', 'Unmatched brace. Write several names as web{1..5}.'],
    ['web1}', 'Unmatched brace. Write several names as web{1..5}.'],
    ['w{{1..2}}', 'Unmatched brace. Write several names as web{1..5}.'],
    ['web{}', '“{}” is neither a range, such as {1..5}, nor a list, such as {a,b}.'],
    ['web{1}', '“{1}” is neither a range, such as {1..5}, nor a list, such as {a,b}.'],
    ['web{a..3}', '“{a..3}” is neither a range, such as {1..5}, nor a list, such as {a,b}.'],
    ['web{a,}', '“{a,}” is neither a range, such as {1..5}, nor a list, such as {a,b}.'],
    ['{1..3}', '“1”: A name can’t be digits only: BigV would take it for an ID.'],
    ['{web,a/b}', '“a/b”: Use only letters (a to z), digits and dashes.'],
    ['{web,db,WEB}', '“WEB” appears twice.'],
    ['web{1..51}', 'You can create up to 50 machines at once.'],
    ['web{1..999999}{1..999999}', 'You can create up to 50 machines at once.'],
  ])('rejects %j: %s', (typed, problem) => {
    expect(expandNames(typed)).toEqual({ names: [], problem })
  })
})

test.each([
  ['web-', null],
  ['12', null],
  ['web{1..', null],
  ['a'.repeat(63), null],
  ['-', 'A name can’t start or end with a dash.'],
  ['web.', 'Use only letters (a to z), digits and dashes.'],
  ['a'.repeat(64), 'Too long by 1. At most 63 characters.'],
  ['web{1}', '“{1}” is neither a range, such as {1..5}, nor a list, such as {a,b}.'],
])('a problem that more typing can’t cure is known at once: %s', (typed, problem) => {
  expect(problemWhileTyping(typed)).toBe(problem)
})

describe('any name pattern', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[a-z{}.,0-9]{0,24}$/),
    fc
      .array(fc.constantFrom('{', '}', '..', ',', '1', '09', 'a', 'web', '999999'), { maxLength: 14 })
      .map((parts) => parts.join('')),
  )

  test('expands to at most fifty different names, or has a problem and no names', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const { names, problem } = expandNames(typed)
        expect(names.length === 0).toBe(problem !== null)
        expect(names.length).toBeLessThanOrEqual(MAX_NAMES)
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
        for (const name of names) expect(name).not.toMatch(/[{}/]|^\d*$/)
      }),
    )
  })

  test('with a range expands to each name in the range, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: MAX_NAMES - 1 }),
        (from, more) => {
          const { names } = expandNames(`n{${from}..${from + more}}`)
          expect(names).toEqual(Array.from({ length: more + 1 }, (_, index) => `n${from + index}`))
        },
      ),
    )
  })

  test('that consists of names expands to those names', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/), {
      minLength: 1,
      maxLength: 9,
    })
    fc.assert(
      fc.property(names, (list) => {
        expect(expandNames(patternOf(list)).names).toEqual(list)
        expect(isPattern(patternOf(list))).toBe(list.length > 1)
      }),
    )
  })
})
