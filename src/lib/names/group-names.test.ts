import { expect, test } from 'vitest'
import { groupNameProblem } from './group-names.ts'

test('a name is refused with the reason, before it is sent', () => {
  expect(groupNameProblem('staging-2', ['default'])).toBeNull()
  expect(groupNameProblem('', [])).toBe('Give the group a name.')
  expect(groupNameProblem('default', ['default'])).toBe('There is a group of this name already.')
  expect(groupNameProblem('12', [])).toBe('A name of digits only would be taken for an id.')
  expect(groupNameProblem('a/b', [])).toBe('A name cannot contain a slash.')
})
