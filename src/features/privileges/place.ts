import type { PrivilegePlace } from '../../api/privileges.ts'
import type { Scope } from '../../actions/levels.ts'
import type { Target } from '../../operations/operation.ts'

/** What privileges are shown and given on: where it is in the URL, BigV's ids for it, and its name. */
export interface Place {
  at: PrivilegePlace
  /** Null while the ids are not known. */
  scope: Scope | null
  name: string
}

/** Takes a place, whose privilege it is and of what level, and returns what the operation is about. */
export function targetAt({ at, name }: Place, level: string, username: string): Target {
  const { account, group = '', vm = null } = at
  return { account, group, id: vm, name: `${level} on ${name} for ${username}` }
}
