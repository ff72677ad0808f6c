import { refusal, type Refusal } from '../http/refusal.ts'
import { words } from '../rules/words.ts'
import type { Account, Group, Level, Machine, Privilege, User } from '../state/records.ts'
import type { Store } from '../state/store.ts'

/** Who asks: `usable` privileges count; `locked` ones would, with a good OTP. */
export type Identity = { user: User; usable: Privilege[]; locked: Privilege[] }

/** What is asked about: a machine with its group and account, or only the outer ones. */
export type Scope = { account: Account; group?: Group; machine?: Machine }

/** Returns a level's height: higher ones include lower ones. [docs] */
export const heightOf = (level: Level): number => words.levels.value.indexOf(level) + 1

const isForCluster = (privilege: Privilege): boolean =>
  privilege.account_id === null && privilege.group_id === null && privilege.virtual_machine_id === null

const covers = (privilege: Privilege, { account, group, machine }: Scope): boolean =>
  privilege.account_id === account.id ||
  (group !== undefined && privilege.group_id === group.id) ||
  (machine !== undefined && privilege.virtual_machine_id === machine.id) ||
  isForCluster(privilege)

/** Returns the height of the highest of those privileges that covers the scope; 0 for none. */
export const heightOn = (privileges: readonly Privilege[], scope: Scope): number =>
  privileges.reduce(
    (highest, privilege) =>
      covers(privilege, scope) ? Math.max(highest, heightOf(privilege.level)) : highest,
    0,
  )

/** Returns the scope around a machine or a group. */
export const scopeOf = (store: Store, target: { machine: Machine } | { group: Group }): Scope => {
  const group = 'machine' in target ? store.groups.get(target.machine.group_id) : target.group
  const account = group && store.accounts.get(group.account_id)
  if (!account) throw new Error('a group without an account')
  return { account, group, ...('machine' in target && { machine: target.machine }) }
}

/** Whether a privilege is for something within the account or group: then that can be read as far as it leads there. */
const leadsThrough = (store: Store, privilege: Privilege, scope: Scope): boolean => {
  if (scope.machine) return false
  const machine = store.machines.get(privilege.virtual_machine_id ?? 0)
  const group = store.groups.get(machine?.group_id ?? privilege.group_id ?? 0)
  return scope.group ? machine?.group_id === scope.group.id : group?.account_id === scope.account.id
}

const canRead = (store: Store, privileges: readonly Privilege[], scope: Scope): boolean =>
  heightOn(privileges, scope) > 0 || privileges.some((privilege) => leadsThrough(store, privilege, scope))

/** Whether the scope may be read. */
export const mayRead = (store: Store, { usable }: Identity, scope: Scope): boolean =>
  canRead(store, usable, scope)

/**
 * Returns why somebody may not do what needs `level`: null when he may; 404 for what he may not read, 403 for what he may
 * not change [docs]; 401 where an OTP would make the difference [choice].
 */
export const refusalFor = (
  store: Store,
  { usable, locked }: Identity,
  scope: Scope,
  level: Level | 'read',
): Refusal | null => {
  const reach = (privileges: Privilege[]): boolean =>
    level === 'read' ? canRead(store, privileges, scope) : heightOn(privileges, scope) >= heightOf(level)
  if (reach(usable)) return null
  if (locked.length > 0 && reach([...usable, ...locked])) return refusal('otp')
  return refusal(canRead(store, usable, scope) ? 'forbidden' : 'missing')
}
