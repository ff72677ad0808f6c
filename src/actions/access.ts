import { privilegePath, userPrivilegesPath, type Privilege, type PrivilegePlace } from '../api/privileges.ts'
import { dotted, nameWord, word, type CommandWords, type SentCommand } from './cli.ts'
import { post, put, type Target } from './requests.ts'
import { resourceAction } from './resource-action.ts'
import type { ShownIn } from './observation.ts'

/** The privilege levels, high to low (docs/bigv-api.md#10-users-and-privileges), each with the purpose that the official client gives. */
export const LEVELS = {
  cluster_su: 'everything, in the whole cluster',
  cluster_admin: 'everything, in the whole cluster',
  account_admin: 'everything in the account',
  group_admin: 'create, change and delete machines',
  vm_admin: 'change and administer machines',
  vm_console: 'see machines and use their consoles',
} as const

export type Level = keyof typeof LEVELS

const ORDER = Object.keys(LEVELS) as Level[]

/** The extent of a privilege, in BigV's ids: an account, optionally narrowed to a group or a machine. */
export interface Scope {
  account: number
  group?: number | undefined
  vm?: number | undefined
}

/**
 * The privilege with the highest level that a user has on an account, group or machine; null for none. Privileges on whatever contains it
 * count, too. Conditions such as a Yubikey or an IP address are ignored.
 */
export function highestOver(privileges: readonly Privilege[], scope: Scope): Privilege | null {
  const over = privileges.filter(
    ({ account_id, group_id, virtual_machine_id }) =>
      (account_id == null && group_id == null && virtual_machine_id == null) ||
      account_id === scope.account ||
      (scope.group !== undefined && group_id === scope.group) ||
      (scope.vm !== undefined && virtual_machine_id === scope.vm),
  )
  return over.filter((each) => rank(each) !== -1).toSorted((a, b) => rank(a) - rank(b))[0] ?? null
}

function rank({ level }: Privilege): number {
  return ORDER.findIndex((each) => each === level)
}

/** The levels that BigV knows for an account, group or machine: at most `account_admin`, `group_admin` and `vm_admin`. */
export function levelsOn({ group, vm }: Scope): Level[] {
  const highest: Level = vm !== undefined ? 'vm_admin' : group !== undefined ? 'group_admin' : 'account_admin'
  return ORDER.filter((level) => !isBelow(highest, level))
}

/**
 * A hint if BigV may refuse to grant, change or revoke this level, or null. BigV allows that only below the user's own level
 * (docs/bigv-api.md#10-users-and-privileges), but its list of privileges may not be complete.
 */
export function levelHint(listed: Privilege | null, level: string): string | null {
  return listed === null || level === '' || isBelow(level, listed.level) ? null : tooLow(listed)
}

/** A hint if BigV may refuse to change a machine, or null: that takes at least `vm_admin`. */
export function machineHint(listed: Privilege | null): string | null {
  return listed !== null && isBelow(listed.level, 'vm_admin') ? tooLow(listed) : null
}

function tooLow(listed: Privilege): string {
  return `You’re listed as ${listed.level} on ${placeOf(listed)}. BigV may refuse this.`
}

function placeOf(privilege: Privilege): string {
  const { virtual_machine_id, virtual_machine_name, group_id, group_name, account_id, account_name } =
    privilege
  if (virtual_machine_id != null) return virtual_machine_name ?? `machine ${virtual_machine_id}`
  if (group_id != null) return group_name ?? `group ${group_id}`
  return account_id == null ? 'the whole cluster' : (account_name ?? `account ${account_id}`)
}

/** True if the first level is lower than the second; false if either is unknown. */
export function isBelow(level: string, than: string): boolean {
  const [a, b] = [ORDER.findIndex((each) => each === level), ORDER.findIndex((each) => each === than)]
  return a !== -1 && b !== -1 && a > b
}

/** An account, group or machine whose privileges are shown and granted: its URL, its name, and BigV's ids for it. */
export interface Place {
  at: PrivilegePlace
  /** Null while the ids are not known. */
  scope: Scope | null
  name: string
}

/**
 * The conditions of a privilege, which can be changed later (docs/bigv-api.md#10-users-and-privileges). `yubikey_otp_max_age` is in
 * seconds.
 */
export interface Conditions {
  yubikey_required: boolean
  yubikey_otp_max_age: number | null
  ip_restrictions: string | null
}

export function conditionsOf(privilege: Privilege): Conditions {
  return {
    yubikey_required: privilege.yubikey_required ?? false,
    yubikey_otp_max_age: privilege.yubikey_otp_max_age ?? null,
    ip_restrictions: privilege.ip_restrictions || null,
  }
}

interface Grant {
  place: Place
  scope: Scope
  username: string
  level: string
  conditions: Conditions
}

interface OfPrivilege {
  place: Place
  /** The privilege as the user saw it. */
  privilege: Privilege
}

const common = { on: 'privilege', blocksNothing: true } as const

/** The list of privileges on the account, group or machine shows whether a change was made. */
const inList = <Expected>(
  isDone: (now: readonly Privilege[], expected: Expected) => boolean,
): ShownIn<'privileges', Expected> => ({
  resource: 'privileges',
  of: ({ account, group, id }) => ({
    account,
    ...(group !== '' && { group }),
    ...(id !== null && { vm: id }),
  }),
  isDone,
})

export const grantPrivilege = resourceAction({
  ...common,
  name: 'grant_privilege',
  label: 'Grant privilege',
  done: (name) => `Granted ${name}`,
  target: ({ place, level, username }: Grant) => privilegeTarget(place, { level, username }),
  // As the official client sends it (docs/bigv-api.md#13-traffic-of-the-official-client): with the narrowest id only.
  requests: ({
    username,
    level,
    scope,
    conditions: { yubikey_required, yubikey_otp_max_age, ip_restrictions },
  }) => [
    post(userPrivilegesPath(username), {
      ...narrowest(scope),
      level,
      password_required: true,
      yubikey_required,
      ...(yubikey_required && yubikey_otp_max_age !== null && { yubikey_otp_max_age }),
      ...(ip_restrictions !== null && { ip_restrictions }),
    }),
  ],
  disabledReason: (now, { username, level }) =>
    isGranted(now, username, level) ? `${username} already has this privilege.` : null,
  shownIn: inList((now, { username, level }: Pick<Grant, 'username' | 'level'> & { on: string }) =>
    isGranted(now, username, level),
  ),
  expects: ({ place, level, username }) => ({ level, username, on: place.name }),
  contradiction: () => 'BigV accepted the request, but doesn’t list the privilege.',
  cli: privilegeWords('grant', 'to'),
})

export const changePrivilege = resourceAction({
  ...common,
  name: 'change_privilege',
  label: 'Change privilege',
  done: (name) => `Changed ${name}`,
  target: ({ place, privilege }: OfPrivilege & { conditions: Conditions }) =>
    privilegeTarget(place, { ...privilege, username: usernameOf(privilege) }),
  requests({ privilege, conditions }) {
    const now = conditionsOf(privilege)
    const changed = Object.entries(conditions).filter(
      ([name, value]) => now[name as keyof Conditions] !== value,
    )
    return changed.length === 0 ? [] : [put(privilegePath(privilege.id), Object.fromEntries(changed))]
  },
  disabledReason: changedReason,
  shownIn: inList((now, { id, conditions }: { id: number; conditions: Conditions }) => {
    const found = now.find((each) => each.id === id)
    return found !== undefined && isSame(conditionsOf(found), conditions)
  }),
  expects: (params) => ({ ...privilegeExpected(params), conditions: params.conditions }),
  contradiction: () => 'BigV accepted the request, but the privilege doesn’t show the change.',
  cli: null,
})

export const revokePrivilege = resourceAction({
  ...common,
  name: 'revoke_privilege',
  label: 'Revoke privilege',
  done: (name) => `Revoked ${name}`,
  target: ({ place, privilege }: OfPrivilege) =>
    privilegeTarget(place, { ...privilege, username: usernameOf(privilege) }),
  requests: ({ privilege }) => [{ method: 'DELETE', path: privilegePath(privilege.id) }],
  disabledReason: changedReason,
  // Operations stored by earlier versions lack the id.
  shownIn: inList((now, { id }: { id?: number }) => id !== undefined && now.every((each) => each.id !== id)),
  expects: privilegeExpected,
  contradiction: () => 'BigV accepted the request, but the privilege is still there.',
  cli: privilegeWords('revoke', 'from'),
})

/** The user who has the privilege. Older BigV versions don't say. */
export function usernameOf({ username }: Privilege): string {
  return username ?? 'an unknown user'
}

function privilegeTarget(
  { at: { account, group = '', vm }, name }: Place,
  { level, username }: { level: string; username: string },
): Target {
  return { account, group, id: vm ?? null, name: `${level} on ${name} for ${username}` }
}

function privilegeExpected({ place, privilege }: OfPrivilege) {
  return { id: privilege.id, level: privilege.level, username: usernameOf(privilege), on: place.name }
}

function narrowest({ account, group, vm }: Scope): Record<string, number> {
  if (vm !== undefined) return { virtual_machine_id: vm }
  return group !== undefined ? { group_id: group } : { account_id: account }
}

/** Usernames are case-insensitive. */
function isGranted(privileges: readonly Privilege[], username: string, level: string): boolean {
  return privileges.some(
    (each) => each.level === level && each.username?.toLowerCase() === username.toLowerCase(),
  )
}

/** Why a privilege can't be changed now: it differs from what the user saw. Null if it is the same. */
function changedReason(privileges: readonly Privilege[], { privilege }: OfPrivilege): string | null {
  const now = privileges.find(({ id }) => id === privilege.id)
  if (now === undefined) return 'This privilege was revoked in the meantime.'
  return isSame(conditionsOf(now), conditionsOf(privilege))
    ? null
    : 'This privilege was changed elsewhere in the meantime.'
}

function isSame(a: Conditions, b: Conditions): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function privilegeWords(verb: string, preposition: string) {
  return ({ body, target, expected: { level, on, username } }: SentCommand): CommandWords | null => {
    // The official client has no options for these conditions.
    if (body['yubikey_otp_max_age'] || body['ip_restrictions'] || typeof on !== 'string') return null
    const names = { vm: [on, target.group, target.account], group: [on, target.account], account: [on] }
    const kind = target.id !== null ? 'vm' : target.group !== '' ? 'group' : 'account'
    const yubikey = body['yubikey_required'] === true ? ['--yubikey-required'] : []
    const [where, whose] = [dotted(names[kind]), nameWord(username)]
    return [verb, 'privilege', ...yubikey, word(level), 'on', where, preposition, whose]
  }
}
