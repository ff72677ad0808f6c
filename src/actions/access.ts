import type { Privilege } from '../api/privileges.ts'

/** The levels, high to low (API reference, "Users and privileges"), with what each is for (official client). */
export const LEVELS = {
  cluster_su: 'everything, in the whole cluster',
  cluster_admin: 'everything, in the whole cluster',
  account_admin: 'everything in the account',
  group_admin: 'make, change and delete machines',
  vm_admin: 'change and administer machines',
  vm_console: 'look at machines, and use their consoles',
} as const

export type Level = keyof typeof LEVELS

const ORDER = Object.keys(LEVELS) as Level[]

/** What a privilege is on, by BigV's ids: an account, and where it is narrower, the group and the machine. */
export interface Scope {
  account: number
  group?: number | undefined
  vm?: number | undefined
}

/**
 * Takes the privileges of a user and returns the highest level that he has over a place: those on the place itself, and on what it is
 * in. Null when he has none; of a Yubikey or an address that a privilege wants, nothing is concluded.
 */
export function levelOver(privileges: readonly Privilege[], scope: Scope): Level | null {
  const over = privileges.filter(
    ({ account_id, group_id, virtual_machine_id }) =>
      (account_id == null && group_id == null && virtual_machine_id == null) ||
      account_id === scope.account ||
      (scope.group !== undefined && group_id === scope.group) ||
      (scope.vm !== undefined && virtual_machine_id === scope.vm),
  )
  return ORDER.find((level) => over.some((privilege) => privilege.level === level)) ?? null
}

/**
 * Takes a place and the level that one has over it, or null where that is not known, and returns the levels that one can give there:
 * below one's own (API reference, "Users and privileges"), and none that is for more than the place.
 */
export function levelsToGive({ group, vm }: Scope, own: Level | null): Level[] {
  const highest: Level = vm !== undefined ? 'vm_admin' : group !== undefined ? 'group_admin' : 'account_admin'
  return ORDER.filter((level) => !isBelow(highest, level) && (own === null || isBelow(level, own)))
}

/** Whether the first level is lower than the second. One that is not known is lower than none. */
export function isBelow(level: string, than: string): boolean {
  const [a, b] = [ORDER.findIndex((each) => each === level), ORDER.findIndex((each) => each === than)]
  return a !== -1 && b !== -1 && a > b
}
