import { areIpRestrictions } from '../access/ip-restrictions.ts'
import { heightOf, heightOn, scopeOf, type Scope } from '../access/rights.ts'
import { json, noContent, type Answer } from '../http/answer.ts'
import { attributesOf, flag, integer, orNone, text, that } from '../http/attributes.ts'
import { identityOf, type Call } from '../http/call.ts'
import { findAccount, findGroup, findMachine } from '../http/find.ts'
import { refusal } from '../http/refusal.ts'
import { rights } from '../rules/rights.ts'
import type { Privilege } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { findUser } from './users.ts'

/** Returns what a privilege is for; null for the whole cluster. */
export const targetOf = (
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

/** Returns what is shown of a privilege. [docs][client] */
export const shownPrivilege = (store: Store, privilege: Privilege): Record<string, unknown> => {
  const { user_id, account_id, group_id, virtual_machine_id, ...rest } = privilege
  const target = targetOf(store, privilege)
  return {
    ...rest,
    username: store.users.get(user_id)?.username ?? null,
    ...(account_id !== null && { account_id, account_name: target?.account.name }),
    ...(group_id !== null && { group_id, group_name: target?.group?.name }),
    ...(virtual_machine_id !== null && { virtual_machine_id, virtual_machine_name: target?.machine?.name }),
  }
}

/** Returns how high whoever asks stands above what a privilege is for; 0 when he does not. */
export const ownHeight = (call: Call, target: Scope | null): number => {
  const { usable } = identityOf(call)
  if (target) return heightOn(usable, target)
  return Math.max(
    0,
    ...usable.filter(({ level }) => level.startsWith('cluster_')).map(({ level }) => heightOf(level)),
  )
}

/** A privilege is shown to whom it belongs to, and to the admins of what it is for. [choice] */
const mayReadPrivilege = (call: Call, privilege: Privilege): boolean =>
  privilege.user_id === identityOf(call).user.id ||
  ownHeight(call, targetOf(call.brain.store, privilege)) >= heightOf(rights.readPrivileges.value)

const list = (call: Call, privileges: Iterable<Privilege>): Answer => {
  const readable = [...privileges].filter((privilege) => mayReadPrivilege(call, privilege))
  return json(
    200,
    readable.map((privilege) => shownPrivilege(call.brain.store, privilege)),
  )
}

/** GET /privileges */
export const listPrivileges = (call: Call): Answer => list(call, call.brain.store.privileges.all())

/** GET /users/ID/privileges */
export const listUserPrivileges = (call: Call): Answer =>
  list(call, call.brain.store.privileges.by('user', findUser(call).id))

/** GET /accounts/A/privileges [client] */
export const listAccountPrivileges = (call: Call): Answer =>
  list(call, call.brain.store.privileges.by('account', findAccount(call).id))

/** GET /accounts/A/groups/G/privileges [client] */
export const listGroupPrivileges = (call: Call): Answer =>
  list(call, call.brain.store.privileges.by('group', findGroup(call).group.id))

/** GET .../virtual_machines/V/privileges [client] */
export const listMachinePrivileges = (call: Call): Answer =>
  list(call, call.brain.store.privileges.by('machine', findMachine(call).machine.id))

const findPrivilege = (call: Call): Privilege => {
  const privilege = call.brain.store.privileges.get(Number(call.params['privilege']))
  if (!privilege || !mayReadPrivilege(call, privilege)) throw refusal('missing')
  return privilege
}

/** Returns the privilege of the path; only one of a level below one's own can be changed. [docs] */
const findPrivilegeToChange = (call: Call): Privilege => {
  const privilege = findPrivilege(call)
  if (ownHeight(call, targetOf(call.brain.store, privilege)) <= heightOf(privilege.level))
    throw refusal('level_too_high')
  return privilege
}

/** GET /privileges/ID */
export const showPrivilege = (call: Call): Answer =>
  json(200, shownPrivilege(call.brain.store, findPrivilege(call)))

const seconds = integer({ min: 1, max: 366 * 86_400 })

/** What can be changed of a privilege after its creation. [docs] */
export const changeable = {
  yubikey_required: flag,
  yubikey_otp_max_age: orNone(seconds),
  ip_restrictions: orNone(that(text(), areIpRestrictions)),
}

/** PUT /privileges/ID */
export const updatePrivilege = (call: Call): Answer => {
  const privilege = findPrivilegeToChange(call)
  const values = attributesOf(call.body, changeable)
  return json(
    200,
    shownPrivilege(call.brain.store, call.brain.store.privileges.put({ ...privilege, ...values })),
  )
}

/** DELETE /privileges/ID */
export const deletePrivilege = (call: Call): Answer => {
  call.brain.store.privileges.remove(findPrivilegeToChange(call).id)
  return noContent()
}
