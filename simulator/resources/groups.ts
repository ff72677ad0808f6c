import { jsonText, noContent, type Answer } from '../http/answer.ts'
import { attributesOf, text, that } from '../http/attributes.ts'
import { wantsOverview, type Call } from '../http/call.ts'
import { findAccount, findGroup, readableGroups, readableMachines, type FoundGroup } from '../http/find.ts'
import { refusal } from '../http/refusal.ts'
import { listText } from '../http/views.ts'
import { rights } from '../rules/rights.ts'
import { limits } from '../rules/limits.ts'
import { messages } from '../rules/messages.ts'
import { statuses } from '../rules/statuses.ts'
import type { Group } from '../state/records.ts'
import { nameKey, type Store } from '../state/store.ts'

const shown = (call: Call, scope: FoundGroup): string => {
  const { views } = call.brain
  if (!wantsOverview(call)) return views.group(scope.group)
  return views.groupOverview(scope.group, readableMachines(call, scope))
}

/** GET /accounts/ACC/groups */
export const listGroups = (call: Call): Answer => {
  const groups = readableGroups(call, findAccount(call))
  return jsonText(200, listText(groups.map((scope) => shown(call, scope))))
}

/** GET /accounts/ACC/groups/ID, and /groups/ID [official] */
export const showGroup = (call: Call): Answer => jsonText(200, shown(call, findGroup(call)))

/** Returns a reader of names that no other group of the account has. */
const groupName = (store: Store, accountId: number, own?: Group) =>
  that(
    text({ pattern: limits.groupName.value }),
    (name) => store.groups.by('name', nameKey(accountId, name)).every((group) => group.id === own?.id),
    messages.taken,
  )

/** POST /accounts/ACC/groups */
export const createGroup = (call: Call): Answer => {
  const { store, views } = call.brain
  const account = findAccount(call, rights.createGroup.value)
  const { name = '' } = attributesOf(call.body, { name: groupName(store, account.id) }, ['name'])
  const group = store.groups.put({ id: store.groups.nextId(), account_id: account.id, name, vlan_num: null })
  return jsonText(statuses.post.value, views.group(group))
}

/** PUT /accounts/ACC/groups/ID: renames it. [fog] */
export const updateGroup = (call: Call): Answer => {
  const { store, views } = call.brain
  const { group } = findGroup(call, rights.changeGroup.value)
  const { name = group.name } = attributesOf(call.body, { name: groupName(store, group.account_id, group) })
  return jsonText(200, views.group(store.groups.put({ ...group, name })))
}

/** DELETE /accounts/ACC/groups/ID: refused while there are machines in it, deleted ones too. [docs][client] */
export const deleteGroup = (call: Call): Answer => {
  const { store } = call.brain
  const { group } = findGroup(call, rights.deleteGroup.value)
  if (store.machines.count('group', group.id) > 0) throw refusal('group_not_empty')
  store.transaction(() => {
    for (const privilege of store.privileges.by('group', group.id)) store.privileges.remove(privilege.id)
    store.groups.remove(group.id)
  })
  return noContent()
}
