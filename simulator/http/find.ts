import {
  isStaff,
  mayRead,
  ownLevel,
  rankOf,
  refusalFor,
  rights,
  scopeOf,
  scopeOfPrivilege,
  type Identity,
  type Scope,
} from '../access/rights.ts'
import type { Bigv } from '../bigv.ts'
import { refusal } from '../rules/refusals.ts'
import type { Account, Group, Id, Level, Machine, PartName, Records, User } from '../state/records.ts'
import { lowerCase, nameKey, type PartTables } from '../state/store.ts'
import type { Body } from './attributes.ts'

// Finds the resource of a path: docs/bigv-api.md#names-and-ids-in-paths

/** A request as handlers receive it. */
export type Call = {
  bigv: Bigv
  /** Undefined only for a route that answers without credentials. */
  identity: Identity | undefined
  params: Record<string, string>
  query: URLSearchParams
  body: Body
}

/** True if a query parameter is "true", in upper or lower case. A parameter without a value is not. */
export const queryFlag = (call: Call, parameter: string): boolean =>
  call.query.get(parameter)?.toLowerCase() === 'true'

/** True if the answer should embed what the resource contains. */
export const wantsOverview = (call: Call): boolean => call.query.get('view') === 'overview'

/** The user of the request. Throws a 401 if there is none. */
export const identityOf = (call: Call): Identity => {
  if (!call.identity) throw refusal('credentials')
  return call.identity
}

/** A group or machine of a path, with the group and account around it. */
export type FoundGroup = Scope & { group: Group }
export type FoundMachine = FoundGroup & { machine: Machine }

/** The id in a segment of a path; 0, which no record has, if it is a name. */
const numberIn = (part: string): number => (/^\d{1,15}$/.test(part) ? Number(part) : 0)

/** Throws unless the user has `level` on the scope. */
export const requireLevel = (call: Call, scope: Scope, level: Level | 'read'): void => {
  const denied = refusalFor(call.bigv.store, identityOf(call), scope, level)
  if (denied) throw denied
}

/** The account of the path, by id or name. */
export const findAccount = (call: Call, level: Level | 'read' = 'read'): Account => {
  const part = call.params['account'] ?? ''
  const { accounts } = call.bigv.store
  const account = accounts.get(numberIn(part)) ?? accounts.by('name', lowerCase(part))[0]
  if (!account) throw refusal('missing')
  requireLevel(call, { account }, level)
  return account
}

/** The group of the path, by id or name, within the account if the path has one. */
export const findGroup = (call: Call, level: Level | 'read' = 'read'): FoundGroup => {
  const part = call.params['group'] ?? ''
  const { groups } = call.bigv.store
  const account = call.params['account'] === undefined ? null : findAccount(call)
  const numbered = groups.get(numberIn(part))
  const named = account && groups.by('name', nameKey(account.id, part))[0]
  const group = numbered && (!account || numbered.account_id === account.id) ? numbered : named
  if (!group) throw refusal('missing')
  const scope = { ...scopeOf(call.bigv.store, { group }), group }
  requireLevel(call, scope, level)
  return scope
}

/** The machine with this id or name in the group; without a group, the first one that the user may read. */
const machineNamed = (call: Call, part: string, group: Group | null): Machine | undefined => {
  const { store } = call.bigv
  const numbered = store.machines.get(numberIn(part))
  if (numbered && (!group || numbered.group_id === group.id)) return numbered
  if (group) return store.machines.by('name', nameKey(group.id, part))[0]
  const readable = store.machines
    .by('anywhere', lowerCase(part))
    .filter((machine) => mayRead(store, identityOf(call), scopeOf(store, { machine })))
  return readable.find((machine) => !machine.deleted) ?? readable[0]
}

/** The machine that a path names, even if it is deleted. The path has its id or its name, and may have its group. */
export const findMachine = (call: Call, level: Level | 'read' = 'read'): FoundMachine => {
  const group = call.params['group'] === undefined ? null : findGroup(call).group
  const machine = machineNamed(call, call.params['vm'] ?? '', group)
  if (!machine) throw refusal('missing')
  const scope = scopeOf(call.bigv.store, { machine })
  if (!scope.group) throw refusal('missing')
  requireLevel(call, scope, level)
  return { ...scope, group: scope.group, machine }
}

/** The machine of the path, for a GET: a deleted one only with include_deleted=true. */
export const findShownMachine = (call: Call): FoundMachine => {
  const found = findMachine(call)
  if (found.machine.deleted && !queryFlag(call, 'include_deleted')) throw refusal('missing')
  return found
}

/** Throws a 400 if the machine is deleted: its discs and addresses cannot be changed then. */
export const requireUndeleted = ({ deleted }: Machine): void => {
  if (deleted) throw refusal('deleted')
}

const toChange = <Found extends FoundMachine>(found: Found): Found => {
  requireUndeleted(found.machine)
  return found
}

/** The machine with this id. The user's right is checked as for a machine that the path names. */
const findOwner = (call: Call, machineId: Id, level: Level | 'read'): FoundMachine =>
  findMachine({ ...call, params: { vm: String(machineId) } }, level)

/**
 * The disc or NIC that the path names, by id or, if it has one, by label. A short path such as /discs/ID has only ids.
 */
export const findPart = <Name extends PartName>(
  call: Call,
  table: Name,
  level: Level | 'read' = 'read',
): FoundMachine & { part: Records[Name] } => {
  const idOrLabel = call.params['part'] ?? ''
  const tables: PartTables = call.bigv.store
  const numbered = tables[table].get(numberIn(idOrLabel))
  if (call.params['vm'] === undefined) {
    if (!numbered) throw refusal('missing')
    return { ...findOwner(call, numbered.virtual_machine_id, level), part: numbered }
  }
  const found = findMachine(call, level)
  const ofMachine = tables[table].by('machine', found.machine.id)
  const part =
    ofMachine.find((each) => each === numbered) ??
    ofMachine.find((each) => 'label' in each && each.label === idOrLabel)
  if (!part) throw refusal('missing')
  return { ...found, part }
}

/** The machine that the path names, for a change: the user needs the right, and the machine must not be deleted. */
export const findMachineToChange = (call: Call): FoundMachine =>
  toChange(findMachine(call, rights.changeMachine))

/** The disc or NIC that the path names, for a change. Its machine must not be deleted. */
export const findPartToChange = <Name extends PartName>(call: Call, table: Name) =>
  toChange(findPart(call, table, rights.changeMachine))

/** The machines of a group that the user may read; deleted ones only with include_deleted=true. */
export const readableMachines = (call: Call, scope: FoundGroup): Machine[] => {
  const { store } = call.bigv
  const all = store.machines.by('group', scope.group.id)
  const shown = queryFlag(call, 'include_deleted') ? all : all.filter((machine) => !machine.deleted)
  const identity = identityOf(call)
  const wholeGroup = refusalFor(store, identity, scope, rights.readMachine) === null
  return wholeGroup ? shown : shown.filter((machine) => mayRead(store, identity, { ...scope, machine }))
}

/** The groups of an account that the user may read. */
export const readableGroups = (call: Call, account: Account): FoundGroup[] =>
  call.bigv.store.groups
    .by('account', account.id)
    .map((group) => ({ account, group }))
    .filter((scope) => mayRead(call.bigv.store, identityOf(call), scope))

/** The user of the path, by id or name, even one that may not be read. */
export const findAnyUser = (call: Call): User => {
  const part = call.params['user'] ?? ''
  const { users } = call.bigv.store
  const user = users.get(numberIn(part)) ?? users.by('username', lowerCase(part))[0]
  if (!user) throw refusal('missing')
  return user
}

/** The user of the path. Throws a 404 if they may not be read. */
export const findUser = (call: Call): User => {
  const user = findAnyUser(call)
  if (!mayReadUser(call, user)) throw refusal('missing')
  return user
}

/** Users may be read by themselves, by staff, and by the admins of whatever they have privileges on. */
export const mayReadUser = (call: Call, user: User): boolean => {
  const identity = identityOf(call)
  const { store } = call.bigv
  return (
    user.id === identity.user.id ||
    isStaff(identity.usable) ||
    store.privileges
      .by('user', user.id)
      .some((each) => ownLevel(identity, scopeOfPrivilege(store, each)) >= rankOf(rights.readUsers))
  )
}
