import type { Group, GroupContents } from '../api/groups.ts'
import type { Privilege, PrivilegePlace } from '../api/privileges.ts'
import type { User } from '../api/users.ts'
import type { Action, PlannedRequest, Target } from './action.ts'

/** What is fetched before and after an action on what is no machine, and of what. operations/thing.ts fetches it. */
export interface ThingData {
  groups: { of: { account: string }; is: readonly Group[] }
  /** Null: it is gone. */
  contents: { of: { account: string; id: number }; is: GroupContents | null }
  user: { of: { id: number }; is: User }
  privileges: { of: PrivilegePlace; is: readonly Privilege[] }
}

/** An action on what is no machine: one request, seen to be done when it is read back. */
export interface ThingAction<
  Name extends string = string,
  Params = never,
  Reads extends keyof ThingData = keyof ThingData,
> extends Action<Name> {
  on: 'group' | 'new group' | 'privilege' | 'user'
  reads: Reads
  of: (params: Params) => ThingData[Reads]['of']
  /** It is fetched before the request, too, and not only before the request is sent again after a 401. */
  readsFirst?: true
  target: (params: Params) => Target
  /** The request; none where it would change nothing. */
  requests: (params: Params) => PlannedRequest[]
  /** Why it cannot be done to what was just fetched, or null. */
  disabledReason: (data: ThingData[Reads]['is'], params: Params) => string | null
  /** What contradicts it in what is read back, as a sentence; null where it is seen to be done. */
  contradiction: (data: ThingData[Reads]['is'], params: Params) => string | null
  /** What is stored of it, for the official client's command and the record. */
  expects?: (params: Params) => Readonly<Record<string, unknown>>
}

/** Declares an action on what is no machine. */
export function thingAction<const Name extends string, Params, Reads extends keyof ThingData>(
  action: Omit<ThingAction<Name, Params, Reads>, 'watch' | 'inProgress'>,
): ThingAction<Name, Params, Reads> {
  return { ...action, watch: null, inProgress: null }
}
