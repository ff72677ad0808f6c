import { BlockList, isIP } from 'node:net'
import { refusal, type Refusal } from '../rules/refusals.ts'
import {
  levels,
  type Account,
  type Group,
  type Level,
  type Machine,
  type Privilege,
  type User,
} from '../state/records.ts'
import type { Store } from '../state/store.ts'

// Privileges and permissions: docs/bigv-api.md#10-users-and-privileges

/**
 * The lowest level that may do each thing to an account, group or machine. The documents give the levels and their order,
 * but hardly say what each level may do, so this table is guessed from the names.
 */
export const rights = {
  /** Deleting an account needs a higher level than creating one: docs/bigv-api.md#5-accounts */
  deleteAccount: 'cluster_admin',
  suspendAccount: 'cluster_admin',
  changeAccount: 'account_admin',
  createGroup: 'account_admin',
  deleteGroup: 'account_admin',
  changeGroup: 'group_admin',
  createMachine: 'group_admin',
  /** Moving a machine needs this level in both the old and the new group. */
  moveMachine: 'group_admin',
  /** Changing, signalling, re-imaging or deleting a machine, or any of its parts. */
  changeMachine: 'vm_admin',
  readMachine: 'vm_console',
  /** Reading other users' privileges. */
  readPrivileges: 'vm_admin',
  /** Reading the users who have a privilege on the account, group or machine. */
  readUsers: 'group_admin',
} as const satisfies Record<string, Level>

/** The user of a request. `usable` privileges apply now; `locked` privileges would apply with a valid OTP. */
export type Identity = { user: User; usable: Privilege[]; locked: Privilege[] }

/** The target of a permission: a machine with its group and account, a group with its account, or an account. */
export type Scope = { account: Account; group?: Group; machine?: Machine }

/** The rank of a level; a higher rank includes all lower ones. */
export const rankOf = (level: Level): number => levels.indexOf(level) + 1

const isForCluster = (privilege: Privilege): boolean =>
  privilege.account_id === null && privilege.group_id === null && privilege.virtual_machine_id === null

const covers = (privilege: Privilege, { account, group, machine }: Scope): boolean =>
  privilege.account_id === account.id ||
  (group !== undefined && privilege.group_id === group.id) ||
  (machine !== undefined && privilege.virtual_machine_id === machine.id) ||
  isForCluster(privilege)

/** The rank of the highest privilege that covers the scope; 0 if there is none. */
export const levelOn = (privileges: readonly Privilege[], scope: Scope): number =>
  privileges.reduce(
    (highest, privilege) => (covers(privilege, scope) ? Math.max(highest, rankOf(privilege.level)) : highest),
    0,
  )

/** The scope of a machine or a group, including the account that contains it. */
export const scopeOf = (store: Store, target: { machine: Machine } | { group: Group }): Scope => {
  const group = 'machine' in target ? store.groups.get(target.machine.group_id) : target.group
  const account = group && store.accounts.get(group.account_id)
  if (!account) throw new Error('the group has no account')
  return { account, group, ...('machine' in target && { machine: target.machine }) }
}

/** The scope of a privilege; null for the whole cluster. */
export const scopeOfPrivilege = (
  store: Store,
  privilege: Pick<Privilege, 'account_id' | 'group_id' | 'virtual_machine_id'>,
): Scope | null => {
  const machine = store.machines.get(privilege.virtual_machine_id ?? 0)
  if (machine) return scopeOf(store, { machine })
  const group = store.groups.get(privilege.group_id ?? 0)
  if (group) return scopeOf(store, { group })
  const account = store.accounts.get(privilege.account_id ?? 0)
  return account ? { account } : null
}

/** True if one of the privileges is for the whole cluster. */
export const isStaff = (privileges: readonly Privilege[]): boolean =>
  privileges.some(({ level }) => level.startsWith('cluster_'))

/** The user's rank on a scope, or on the whole cluster if the scope is null; 0 without a privilege. */
export const ownLevel = ({ usable }: Identity, scope: Scope | null): number =>
  scope
    ? levelOn(usable, scope)
    : Math.max(0, ...usable.filter((each) => isStaff([each])).map(({ level }) => rankOf(level)))

/** True if the privilege is for a group or machine within the scope; the scope is then readable, too. */
const isWithin = (store: Store, privilege: Privilege, scope: Scope): boolean => {
  if (scope.machine) return false
  const machine = store.machines.get(privilege.virtual_machine_id ?? 0)
  const group = store.groups.get(machine?.group_id ?? privilege.group_id ?? 0)
  return scope.group ? machine?.group_id === scope.group.id : group?.account_id === scope.account.id
}

const canRead = (store: Store, privileges: readonly Privilege[], scope: Scope): boolean =>
  levelOn(privileges, scope) > 0 || privileges.some((privilege) => isWithin(store, privilege, scope))

/** True if the user may read the scope. */
export const mayRead = (store: Store, { usable }: Identity, scope: Scope): boolean =>
  canRead(store, usable, scope)

/**
 * The refusal if the user lacks `level` on the scope, else null: 404 if they may not read the scope, 403 if they may read
 * but not change it (docs/bigv-api.md#2-authentication), 401 if an OTP would help.
 */
export const refusalFor = (
  store: Store,
  { usable, locked }: Identity,
  scope: Scope,
  level: Level | 'read',
): Refusal | null => {
  const suffices = (privileges: Privilege[]): boolean =>
    level === 'read' ? canRead(store, privileges, scope) : levelOn(privileges, scope) >= rankOf(level)
  if (suffices(usable)) return null
  if (locked.length > 0 && suffices([...usable, ...locked])) return refusal('otp')
  return refusal(canRead(store, usable, scope) ? 'forbidden' : 'missing')
}

const parts = (restrictions: string): string[] => restrictions.split(/[\s,]+/).filter(Boolean)

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** True for a list of addresses and networks (`192.0.2.0/24`), separated by commas or spaces. */
export const areIpRestrictions = (text: string): boolean =>
  parts(text).every((part) => {
    const [address = '', prefix, ...more] = part.split('/')
    const bits = isIP(address) === 6 ? 128 : 32
    return (
      isIP(address) > 0 &&
      more.length === 0 &&
      (prefix === undefined || (/^\d{1,3}$/.test(prefix) && +prefix <= bits))
    )
  })

/** True if a client at this address may use a privilege with these IP restrictions; null means no restrictions. */
export const isAllowedFrom = (restrictions: string | null, address: string): boolean => {
  if (!restrictions || parts(restrictions).length === 0) return true
  const allowed = new BlockList()
  for (const part of parts(restrictions)) {
    const [network = '', prefix] = part.split('/')
    const family = familyOf(network)
    if (prefix === undefined) allowed.addAddress(network, family)
    else allowed.addSubnet(network, Number(prefix), family)
  }
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return allowed.check(plain, familyOf(plain))
}
