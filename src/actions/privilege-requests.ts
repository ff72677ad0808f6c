import { privilegePath, userPrivilegesPath, type Privilege } from '../api/privileges.ts'
import type { Scope } from './levels.ts'
import type { PlannedRequest } from './action.ts'

/** What can be said of a privilege, and changed later (API reference, "Users and privileges"); the window in seconds. */
export interface Conditions {
  yubikey_required: boolean
  yubikey_otp_max_age: number | null
  ip_restrictions: string | null
}

/**
 * Takes a user, a level, a place and the conditions, and returns the request that grants it: as the official client sends it, with what
 * is narrowest of the place.
 */
export function grantRequest(
  user: string,
  level: string,
  scope: Scope,
  conditions: Conditions,
): PlannedRequest {
  const { yubikey_required, yubikey_otp_max_age, ip_restrictions } = conditions
  const on =
    scope.vm !== undefined
      ? { virtual_machine_id: scope.vm }
      : scope.group !== undefined
        ? { group_id: scope.group }
        : { account_id: scope.account }
  return {
    method: 'POST',
    path: userPrivilegesPath(user),
    body: {
      ...on,
      level,
      password_required: true,
      yubikey_required,
      ...(yubikey_required && yubikey_otp_max_age !== null && { yubikey_otp_max_age }),
      ...(ip_restrictions !== null && { ip_restrictions }),
    },
  }
}

/** Takes a privilege and what its conditions are to be, and returns the request that writes what differs, or null. */
export function changeRequest(privilege: Privilege, to: Conditions): PlannedRequest | null {
  const now = conditionsOf(privilege)
  const changed = Object.entries(to).filter(([name, value]) => now[name as keyof Conditions] !== value)
  return changed.length === 0
    ? null
    : { method: 'PUT', path: privilegePath(privilege.id), body: Object.fromEntries(changed) }
}

/** The request that takes a privilege away. */
export function revokeRequest({ id }: Pick<Privilege, 'id'>): PlannedRequest {
  return { method: 'DELETE', path: privilegePath(id) }
}

/** Takes a privilege and returns its conditions, as they read. */
export function conditionsOf(privilege: Privilege): Conditions {
  return {
    yubikey_required: privilege.yubikey_required ?? false,
    yubikey_otp_max_age: privilege.yubikey_otp_max_age ?? null,
    ip_restrictions: privilege.ip_restrictions || null,
  }
}

/** Takes the privileges on a place and what was granted there, and returns what contradicts it in a sentence, or null. */
export function grantSeen(privileges: readonly Privilege[], user: string, level: string): string | null {
  const there = privileges.some(
    (each) => each.level === level && each.username?.toLowerCase() === user.toLowerCase(),
  )
  return there ? null : 'BigV took the request, but read again, the privilege is not among those there.'
}

/** Takes them as read after a change of one, and returns what contradicts it, or null. */
export function changeSeen(privileges: readonly Privilege[], id: number, to: Conditions): string | null {
  const now = privileges.find((each) => each.id === id)
  return now && JSON.stringify(conditionsOf(now)) === JSON.stringify(to)
    ? null
    : 'BigV took the request, but read again, the privilege is not as it was written.'
}

/** Takes them as read after one was revoked, and returns what contradicts that, or null. */
export function revokeSeen(privileges: readonly Privilege[], id: number): string | null {
  return privileges.some((each) => each.id === id)
    ? 'BigV took the request, but read again, the privilege is still there.'
    : null
}

/** Takes the privileges on a place and one as it was shown, and returns why a change of it is not sent now: it has gone or changed; or null. */
export function noLongerStands(privileges: readonly Privilege[], shown: Privilege): string | null {
  const now = privileges.find(({ id }) => id === shown.id)
  if (now === undefined) return 'It has been revoked meanwhile.'
  return JSON.stringify(conditionsOf(now)) === JSON.stringify(conditionsOf(shown))
    ? null
    : 'Its conditions have been changed meanwhile.'
}
