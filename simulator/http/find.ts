import { mayRead, refusalFor, scopeOf, type Scope } from '../access/rights.ts'
import { rights } from '../rules/rights.ts'
import type { Account, Disc, Group, Level, Machine, Nic } from '../state/records.ts'
import { folded, nameKey } from '../state/store.ts'
import { identityOf, says, type Call } from './call.ts'
import { refusal } from './refusal.ts'

/** What a path leads to, with all that is around it. */
export type FoundGroup = Scope & { group: Group }
export type FoundMachine = FoundGroup & { machine: Machine }

/** Returns the number that a path part is, if it is one. */
const numberIn = (part: string): number => (/^\d{1,15}$/.test(part) ? Number(part) : 0)

/** Throws unless whoever asks may do what needs `level` there. */
export const need = (call: Call, scope: Scope, level: Level | 'read'): void => {
  const no = refusalFor(call.brain.store, identityOf(call), scope, level)
  if (no) throw no
}

/** Returns the account of the path, by number or name. [seed] */
export const findAccount = (call: Call, level: Level | 'read' = 'read'): Account => {
  const part = call.params['account'] ?? ''
  const { accounts } = call.brain.store
  const account = accounts.get(numberIn(part)) ?? accounts.by('name', folded(part))[0]
  if (!account) throw refusal('missing')
  need(call, { account }, level)
  return account
}

/** Returns the group of the path, by number or name, within its account if the path has one. [seed][docs] */
export const findGroup = (call: Call, level: Level | 'read' = 'read'): FoundGroup => {
  const part = call.params['group'] ?? ''
  const { groups } = call.brain.store
  const account = call.params['account'] === undefined ? null : findAccount(call)
  const numbered = groups.get(numberIn(part))
  const named = account && groups.by('name', nameKey(account.id, part))[0]
  const group = numbered && (!account || numbered.account_id === account.id) ? numbered : named
  if (!group) throw refusal('missing')
  const scope = { ...scopeOf(call.brain.store, { group }), group }
  need(call, scope, level)
  return scope
}

/** Returns the machine of that name or number within the group; without one, by number or the first that may be read. */
const machineCalled = (call: Call, part: string, group: Group | null): Machine | undefined => {
  const { store } = call.brain
  const numbered = store.machines.get(numberIn(part))
  if (numbered && (!group || numbered.group_id === group.id)) return numbered
  if (group) return store.machines.by('name', nameKey(group.id, part))[0]
  const readable = store.machines
    .by('anywhere', folded(part))
    .filter((machine) => mayRead(store, identityOf(call), scopeOf(store, { machine })))
  return readable.find((machine) => !machine.deleted) ?? readable[0]
}

/** Returns the machine of the path, deleted or not: by number [seed] or name [client], in its group or the short way. */
export const findMachine = (call: Call, level: Level | 'read' = 'read'): FoundMachine => {
  const group = call.params['group'] === undefined ? null : findGroup(call).group
  const machine = machineCalled(call, call.params['vm'] ?? '', group)
  if (!machine) throw refusal('missing')
  const scope = scopeOf(call.brain.store, { machine })
  if (!scope.group) throw refusal('missing')
  need(call, scope, level)
  return { ...scope, group: scope.group, machine }
}

/** Returns the machine of the path to show it: a deleted one is there with include_deleted=true only. [seed] */
export const findShownMachine = (call: Call): FoundMachine => {
  const found = findMachine(call)
  if (found.machine.deleted && !says(call, 'include_deleted')) throw refusal('missing')
  return found
}

/** Returns the machine of the path to change what it is made of, which cannot be done while it is deleted. [docs] */
export const findMachineToChange = (call: Call, level: Level): FoundMachine => {
  const found = findMachine(call, level)
  if (found.machine.deleted) throw refusal('deleted')
  return found
}

/** Returns the disc of the path, by number [docs] or label [client]; the short path has the number only. */
export const findDisc = (call: Call, level: Level | 'read' = 'read'): FoundMachine & { disc: Disc } => {
  const part = call.params['disc'] ?? ''
  const { store } = call.brain
  const numbered = store.discs.get(numberIn(part))
  if (call.params['vm'] === undefined) {
    if (!numbered) throw refusal('missing')
    const vm = String(numbered.virtual_machine_id)
    return { ...findMachine({ ...call, params: { vm } }, level), disc: numbered }
  }
  const found = findMachine(call, level)
  const ofMachine = store.discs.by('machine', found.machine.id)
  const disc = ofMachine.find((each) => each === numbered) ?? ofMachine.find((each) => each.label === part)
  if (!disc) throw refusal('missing')
  return { ...found, disc }
}

/** Returns the NIC of the path, by number. [docs] */
export const findNic = (call: Call, level: Level | 'read' = 'read'): FoundMachine & { nic: Nic } => {
  const found = findMachine(call, level)
  const nic = call.brain.store.nics.get(numberIn(call.params['nic'] ?? ''))
  if (nic?.virtual_machine_id !== found.machine.id) throw refusal('missing')
  return { ...found, nic }
}

/** Returns those of a group's machines that may be read and, unless asked for, are not deleted. */
export const readableMachines = (call: Call, scope: FoundGroup): Machine[] => {
  const { store } = call.brain
  const all = store.machines.by('group', scope.group.id)
  const shown = says(call, 'include_deleted') ? all : all.filter((machine) => !machine.deleted)
  const identity = identityOf(call)
  const wholeGroup = refusalFor(store, identity, scope, rights.readMachine.value) === null
  return wholeGroup ? shown : shown.filter((machine) => mayRead(store, identity, { ...scope, machine }))
}

/** Returns those of an account's groups that may be read. */
export const readableGroups = (call: Call, account: Account): FoundGroup[] =>
  call.brain.store.groups
    .by('account', account.id)
    .map((group) => ({ account, group }))
    .filter((scope) => mayRead(call.brain.store, identityOf(call), scope))
