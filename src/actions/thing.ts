import type { Group, GroupContents } from '../api/groups.ts'
import type { Privilege, PrivilegePlace } from '../api/privileges.ts'
import type { User } from '../api/users.ts'
import type { Action, PlannedRequest, Target } from './action.ts'

/** What is read before and after an action on what is no machine, and of what. The reading itself is done in operations/. */
export interface Readings {
  groups: { of: { account: string }; is: readonly Group[] }
  /** Null: it is gone. */
  contents: { of: { account: string; id: number }; is: GroupContents | null }
  user: { of: { id: number }; is: User }
  privileges: { of: PrivilegePlace; is: readonly Privilege[] }
}

/** An action on what is no machine: one request, with a reading before and after it. */
export interface ThingAction<
  Name extends string = string,
  Params = never,
  Reads extends keyof Readings = keyof Readings,
> extends Action<Name> {
  on: 'group' | 'new group' | 'privilege' | 'user'
  reads: Reads
  of: (params: Params) => Readings[Reads]['of']
  target: (params: Params) => Target
  requests: (params: Params) => PlannedRequest[]
  /** What speaks against it, by what was just read; asked again before it is sent once more after a 401. */
  disabledReason: (machine: Readings[Reads]['is'], params: Params) => string | null
  /** What contradicts it, by what is read afterwards; null where it is seen. */
  contradiction: (machine: Readings[Reads]['is'], params: Params) => string | null
  /** What is stored of it, for its command and its record. */
  expects?: (params: Params) => Readonly<Record<string, unknown>>
}

/** Declares an action on what is no machine. */
export function thingAction<const Name extends string, Params, Reads extends keyof Readings>(
  action: Omit<ThingAction<Name, Params, Reads>, 'watch' | 'inProgress'>,
): ThingAction<Name, Params, Reads> {
  return { ...action, watch: null, inProgress: null }
}
