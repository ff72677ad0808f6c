import { rights } from '../access/rights.ts'
import { extended, jsonText, listText, noContent, type Answer } from '../http/app.ts'
import { attributesOf, refine, text } from '../http/attributes.ts'
import {
  findAccount,
  findGroup,
  readableGroups,
  readableMachines,
  wantsOverview,
  type Call,
  type FoundGroup,
} from '../http/find.ts'
import { limits } from '../rules/limits.ts'
import { messages, refusal } from '../rules/refusals.ts'
import type { Account, Group } from '../state/records.ts'
import { nameKey, type Store } from '../state/store.ts'
import { machineOverview } from './machines.ts'

// docs/bigv-api.md#6-groups

const groupText = (group: Group): string =>
  JSON.stringify({ account_id: group.account_id, id: group.id, name: group.name })

/** The JSON text of a group with the machines that the user may read. */
export const groupOverview = (call: Call, scope: FoundGroup): string => {
  const rows = readableMachines(call, scope).map((machine) => machineOverview(call.bigv, machine))
  return extended(groupText(scope.group), `"virtual_machines":${listText(rows)}`)
}

/** The JSON text of a group; with view=overview, its machines are included. */
export const shownGroup = (call: Call, scope: FoundGroup): string =>
  wantsOverview(call) ? groupOverview(call, scope) : groupText(scope.group)

/** Adds an empty group. */
export const addGroup = (
  store: Store,
  account: Account,
  name: string,
  vlan_num: number | null = null,
): Group => store.groups.put({ id: store.groups.nextId(), account_id: account.id, name, vlan_num })

/** GET /accounts/ACC/groups */
export const listGroups = (call: Call): Answer => {
  const groups = readableGroups(call, findAccount(call))
  return jsonText(200, listText(groups.map((scope) => shownGroup(call, scope))))
}

/** GET /accounts/ACC/groups/ID, and /groups/ID */
export const showGroup = (call: Call): Answer => jsonText(200, shownGroup(call, findGroup(call)))

/** Accepts a name that no other group of the account has. */
const groupName = (store: Store, accountId: number, own?: Group) =>
  refine(
    text({ pattern: limits.groupName }),
    (name) => store.groups.by('name', nameKey(accountId, name)).every((group) => group.id === own?.id),
    messages.taken,
  )

/** POST /accounts/ACC/groups */
export const createGroup = (call: Call): Answer => {
  const { store } = call.bigv
  const account = findAccount(call, rights.createGroup)
  const { name = '' } = attributesOf(call.body, { name: groupName(store, account.id) }, ['name'])
  const group = addGroup(store, account, name)
  return jsonText(201, groupText(group))
}

/** PUT /accounts/ACC/groups/ID: renames the group. */
export const updateGroup = (call: Call): Answer => {
  const { store } = call.bigv
  const { group } = findGroup(call, rights.changeGroup)
  const { name = group.name } = attributesOf(call.body, { name: groupName(store, group.account_id, group) })
  return jsonText(200, groupText(store.groups.put({ ...group, name })))
}

/** DELETE /accounts/ACC/groups/ID: refused while the group has machines, even deleted ones. */
export const deleteGroup = (call: Call): Answer => {
  const { store } = call.bigv
  const { group } = findGroup(call, rights.deleteGroup)
  if (store.machines.count('group', group.id) > 0) throw refusal('group_not_empty')
  store.remove('groups', group.id)
  return noContent()
}
