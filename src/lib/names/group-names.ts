import { machineNameProblem } from './machine-names.ts'

/**
 * Takes what was typed as a group's name and the names of the account's other groups, and returns why it cannot be one, or
 * null. A group's name stands in paths as a machine's does, so the same is forbidden.
 */
export function groupNameProblem(name: string, others: readonly string[]): string | null {
  if (name === '') return 'Give the group a name.'
  if (others.includes(name)) return 'There is a group of this name already.'
  return machineNameProblem(name)
}
