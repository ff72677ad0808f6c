import { describe, expect, test } from 'vitest'
import { hasControlCharacter, machineNameProblem } from './machine-names.ts'

describe('machine names', () => {
  test.each(['web', 'web-1', 'a', '1a', 'my machine', 'Ωmega', '...', '.web', 'web.', '-', '1.5'])(
    '%j can be one',
    (name) => {
      expect(machineNameProblem(name)).toBeNull()
    },
  )

  test.each([
    ['', 'Give the machine a name.'],
    [' ', 'A name cannot begin or end with a space.'],
    [' web', 'A name cannot begin or end with a space.'],
    ['web ', 'A name cannot begin or end with a space.'],
    ['web\n', 'A name cannot begin or end with a space.'],
    ['123', 'A name of digits only would be taken for an id.'],
    ['0', 'A name of digits only would be taken for an id.'],
    ['.', 'A name cannot be . or ..'],
    ['..', 'A name cannot be . or ..'],
    ['we\u0000b', 'A name cannot contain control characters.'],
    ['we\tb', 'A name cannot contain control characters.'],
    ['we\u007fb', 'A name cannot contain control characters.'],
    ['we\u0085b', 'A name cannot contain control characters.'],
    ['a/b', 'A name cannot contain a slash.'],
    ['../etc', 'A name cannot contain a slash.'],
  ])('%j cannot: %s', (name, problem) => {
    expect(machineNameProblem(name)).toBe(problem)
  })

  test('the control characters are those of C0 and C1, and delete', () => {
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
