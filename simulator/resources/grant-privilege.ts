import { heightOf, type Scope } from '../access/rights.ts'
import { json, type Answer } from '../http/answer.ts'
import { flag, integer, oneOf, orNone, readAttributes } from '../http/attributes.ts'
import { identityOf, type Call } from '../http/call.ts'
import { need } from '../http/find.ts'
import { badValues, refusal } from '../http/refusal.ts'
import { messages } from '../rules/messages.ts'
import { refusals } from '../rules/refusals.ts'
import { words } from '../rules/words.ts'
import { statuses } from '../rules/statuses.ts'
import type { Level, Privilege, User } from '../state/records.ts'
import { folded } from '../state/store.ts'
import { changeable, ownHeight, shownPrivilege, targetOf } from './privileges.ts'

const anyId = integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const targets = ['account_id', 'group_id', 'virtual_machine_id'] as const

/** Returns how high a level may be at most for a target: an account has no machine's privileges above it. [choice] */
const highestFor = (scope: Scope | null): Level => {
  if (!scope) return 'cluster_su'
  if (scope.machine) return 'vm_admin'
  return scope.group ? 'group_admin' : 'account_admin'
}

const grantee = (call: Call): User => {
  const part = call.params['user'] ?? ''
  const { users } = call.brain.store
  const user = (/^\d{1,15}$/.test(part) && users.get(Number(part))) || users.by('username', folded(part))[0]
  if (!user) throw refusal('missing')
  return user
}

/**
 * POST /users/ID/privileges: for one account, group or machine, and of a level below one's own, so that an account_admin
 * cannot make another [docs]. The user need not be one that may be read [choice].
 */
export const createPrivilege = (call: Call): Answer => {
  const { store } = call.brain
  const user = grantee(call)
  const { values, errors } = readAttributes(
    call.body,
    {
      ...changeable,
      level: oneOf(words.levels.value),
      password_required: flag,
      account_id: orNone(anyId),
      group_id: orNone(anyId),
      virtual_machine_id: orNone(anyId),
    },
    ['level'],
  )
  const { level = 'vm_console', ...rest } = values
  const named = targets.filter((name) => rest[name])
  if (named.length > 1) errors['base'] = [refusals.one_target.says]
  const ids = { account_id: null, group_id: null, virtual_machine_id: null, ...rest }
  const target = targetOf(store, ids)
  if (named[0] && !target) errors[named[0]] = [messages.invalid]
  else if (!errors['level'] && isMisplaced(level, target)) errors['level'] = [messages.unlisted]
  if (Object.keys(errors).length > 0) throw badValues(errors)
  if (target) need(call, target, 'read')
  if (ownHeight(call, target) <= heightOf(level)) throw refusal('level_too_high')
  const privilege = store.privileges.put<Privilege>({
    id: store.privileges.nextId(),
    user_id: user.id,
    level,
    creating_username: identityOf(call).user.username,
    password_required: rest.password_required ?? true,
    yubikey_required: rest.yubikey_required ?? false,
    yubikey_otp_max_age: rest.yubikey_otp_max_age ?? null,
    ip_restrictions: rest.ip_restrictions ?? null,
    account_id: ids.account_id,
    group_id: ids.group_id,
    virtual_machine_id: ids.virtual_machine_id,
  })
  return json(statuses.post.value, shownPrivilege(store, privilege))
}

const isMisplaced = (level: Level, target: Scope | null): boolean =>
  heightOf(level) > heightOf(highestFor(target)) || (!target && !level.startsWith('cluster_'))
