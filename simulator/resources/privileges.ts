import {
  areIpRestrictions,
  ownLevel,
  rankOf,
  rights,
  scopeOfPrivilege,
  type Scope,
} from '../access/rights.ts'
import { json, noContent, type Answer } from '../http/app.ts'
import {
  attributesOf,
  flag,
  id,
  integer,
  oneOf,
  orNone,
  readAttributes,
  refine,
  text,
} from '../http/attributes.ts'
import {
  findAccount,
  findAnyUser,
  findGroup,
  findMachine,
  findUser,
  identityOf,
  requireLevel,
  type Call,
} from '../http/find.ts'
import { limits } from '../rules/limits.ts'
import { badValues, messages, refusal, refusals } from '../rules/refusals.ts'
import { levels, type Level, type Privilege, type User } from '../state/records.ts'
import type { Store } from '../state/store.ts'

// docs/bigv-api.md#10-users-and-privileges

type Target = Pick<Privilege, 'account_id' | 'group_id' | 'virtual_machine_id'>
type Conditions = Omit<Privilege, keyof Target | 'id' | 'user_id' | 'level'>

/** Grants a user a privilege on an account, group or machine, or on the cluster if `target` is empty. */
export const addPrivilege = (
  store: Store,
  user: User,
  level: Level,
  target: Partial<Target>,
  { creating_username, ...conditions }: Partial<Conditions> & Pick<Conditions, 'creating_username'>,
): Privilege =>
  store.privileges.put({
    id: store.privileges.nextId(),
    user_id: user.id,
    level,
    creating_username,
    password_required: true,
    yubikey_required: false,
    yubikey_otp_max_age: null,
    ip_restrictions: null,
    account_id: null,
    group_id: null,
    virtual_machine_id: null,
    api_key_id: null,
    ...conditions,
    ...target,
  })

/** The JSON of a privilege. */
export const shownPrivilege = (store: Store, privilege: Privilege): Record<string, unknown> => {
  const { user_id, account_id, group_id, virtual_machine_id, api_key_id, ...rest } = privilege
  const target = scopeOfPrivilege(store, privilege)
  return {
    ...rest,
    username: store.users.get(user_id)?.username ?? null,
    ...(api_key_id && { api_key_id }),
    ...(account_id !== null && { account_id, account_name: target?.account.name }),
    ...(group_id !== null && { group_id, group_name: target?.group?.name }),
    ...(virtual_machine_id !== null && { virtual_machine_id, virtual_machine_name: target?.machine?.name }),
  }
}

/** True for the user who has the privilege, and for admins of the privilege's target. */
const mayReadPrivilege = (call: Call, privilege: Privilege): boolean =>
  privilege.user_id === identityOf(call).user.id ||
  ownLevel(identityOf(call), scopeOfPrivilege(call.bigv.store, privilege)) >= rankOf(rights.readPrivileges)

const list = (call: Call, privileges: Iterable<Privilege>): Answer => {
  const readable = [...privileges].filter((privilege) => mayReadPrivilege(call, privilege))
  return json(
    200,
    readable.map((privilege) => shownPrivilege(call.bigv.store, privilege)),
  )
}

/** GET /privileges */
export const listPrivileges = (call: Call): Answer => list(call, call.bigv.store.privileges.all())

/** GET /users/ID/privileges */
export const listUserPrivileges = (call: Call): Answer =>
  list(call, call.bigv.store.privileges.by('user', findUser(call).id))

/** GET /accounts/A/privileges */
export const listAccountPrivileges = (call: Call): Answer =>
  list(call, call.bigv.store.privileges.by('account', findAccount(call).id))

/** GET /accounts/A/groups/G/privileges */
export const listGroupPrivileges = (call: Call): Answer =>
  list(call, call.bigv.store.privileges.by('group', findGroup(call).group.id))

/** GET .../virtual_machines/V/privileges */
export const listMachinePrivileges = (call: Call): Answer =>
  list(call, call.bigv.store.privileges.by('machine', findMachine(call).machine.id))

const findPrivilege = (call: Call): Privilege => {
  const privilege = call.bigv.store.privileges.get(Number(call.params['privilege']))
  if (!privilege || !mayReadPrivilege(call, privilege)) throw refusal('missing')
  return privilege
}

/** The privilege that the path names, for a change. Throws a 403 unless the privilege's level is below the user's own. */
const findPrivilegeToChange = (call: Call): Privilege => {
  const privilege = findPrivilege(call)
  if (ownLevel(identityOf(call), scopeOfPrivilege(call.bigv.store, privilege)) <= rankOf(privilege.level))
    throw refusal('level_too_high')
  return privilege
}

/** GET /privileges/ID */
export const showPrivilege = (call: Call): Answer =>
  json(200, shownPrivilege(call.bigv.store, findPrivilege(call)))

/** The attributes of a privilege that a PUT can change. */
const changeable = {
  yubikey_required: flag,
  yubikey_otp_max_age: orNone(integer(limits.seconds)),
  ip_restrictions: orNone(refine(text(), areIpRestrictions)),
}

/** PUT /privileges/ID */
export const updatePrivilege = (call: Call): Answer => {
  const privilege = findPrivilegeToChange(call)
  const values = attributesOf(call.body, changeable)
  return json(
    200,
    shownPrivilege(call.bigv.store, call.bigv.store.privileges.put({ ...privilege, ...values })),
  )
}

/** DELETE /privileges/ID */
export const deletePrivilege = (call: Call): Answer => {
  call.bigv.store.remove('privileges', findPrivilegeToChange(call).id)
  return noContent()
}

const targets = ['account_id', 'group_id', 'virtual_machine_id'] as const

/** The highest level for each kind of target: group_admin can't be granted on a machine, nor account_admin on a group. */
const highestFor = (scope: Scope | null): Level => {
  if (!scope) return 'cluster_su'
  if (scope.machine) return 'vm_admin'
  return scope.group ? 'group_admin' : 'account_admin'
}

/**
 * POST /users/ID/privileges: grants a privilege on one account, group or machine, with a level below the granting user's
 * own, so an account_admin can't appoint another. The receiving user may be one that the granting user can't read.
 */
export const createPrivilege = (call: Call): Answer => {
  const { store } = call.bigv
  const user = findAnyUser(call)
  const { values, errors } = readAttributes(
    call.body,
    {
      ...changeable,
      level: oneOf(levels),
      password_required: flag,
      account_id: orNone(id),
      group_id: orNone(id),
      virtual_machine_id: orNone(id),
      api_key_id: orNone(refine(id, (key) => store.apiKeys.get(key)?.user_id === user.id)),
    },
    ['level'],
  )
  const { level = 'vm_console', ...rest } = values
  const named = targets.filter((name) => rest[name])
  if (named.length > 1) errors['base'] = [refusals.one_target.says]
  const ids = { account_id: null, group_id: null, virtual_machine_id: null, ...rest }
  const target = scopeOfPrivilege(store, ids)
  if (named[0] && !target) errors[named[0]] = [messages.invalid]
  else if (!errors['level'] && isMisplaced(level, target)) errors['level'] = [messages.unlisted]
  if (Object.keys(errors).length > 0) throw badValues(errors)
  if (target) requireLevel(call, target, 'read')
  if (ownLevel(identityOf(call), target) <= rankOf(level)) throw refusal('level_too_high')
  const { account_id: _account, group_id: _group, virtual_machine_id: _machine, ...conditions } = rest
  const privilege = addPrivilege(store, user, level, ids, {
    ...conditions,
    creating_username: identityOf(call).user.username,
  })
  return json(201, shownPrivilege(store, privilege))
}

const isMisplaced = (level: Level, target: Scope | null): boolean =>
  rankOf(level) > rankOf(highestFor(target)) || (!target && !level.startsWith('cluster_'))
