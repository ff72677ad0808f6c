import type { Group, GroupContents } from '../api/groups.ts'
import type { Privilege, PrivilegePlace } from '../api/privileges.ts'
import type { User } from '../api/users.ts'
import type { Action } from './action.ts'
import type { Expectations } from './observation.ts'
import type { PlannedRequest, Target } from './requests.ts'

/** What is fetched before and after an action on a resource, and of what. operations/resource-action.ts fetches it. */
export interface ResourceData {
  groups: { of: { account: string }; is: readonly Group[] }
  /** Null: it is gone. */
  contents: { of: { account: string; id: number }; is: GroupContents | null }
  user: { of: { id: number }; is: User }
  privileges: { of: PrivilegePlace; is: readonly Privilege[] }
}

/** An action on a group, a privilege or a user: one request, seen to be done when the resource is read back. */
export interface ResourceAction<
  Name extends string = string,
  Params = never,
  Reads extends keyof ResourceData = keyof ResourceData,
> extends Action<Name> {
  on: 'group' | 'new group' | 'privilege' | 'user'
  /** What is fetched to see whether it may be done, and whether it was. */
  reads: Reads
  /** Of which account, group, user or place that is fetched. */
  of: (params: Params) => ResourceData[Reads]['of']
  /** It is fetched before the request, too, and not only before the request is sent again after a 401. */
  readsFirst?: true
  /** What it is stored and shown as: "default", "vm_admin on web for jane". */
  target: (params: Params) => Target
  /** The request; none where it would change nothing. */
  requests: (params: Params) => PlannedRequest[]
  /** Why it cannot be done to what was just fetched, or null. */
  disabledReason: (data: ResourceData[Reads]['is'], params: Params) => string | null
  /** What contradicts it in what is read back, as a sentence; null where it is seen to be done. */
  contradiction: (data: ResourceData[Reads]['is'], params: Params) => string | null
  /** What is stored of it, without secrets, for `cli` and the record. Whether it was done, `contradiction` says. */
  expects?: (params: Params) => Expectations
}

/** Declares an action on a group, a privilege or a user. */
export function resourceAction<const Name extends string, Params, Reads extends keyof ResourceData>(
  action: Omit<ResourceAction<Name, Params, Reads>, 'watch' | 'inProgress'>,
): ResourceAction<Name, Params, Reads> {
  return { ...action, watch: null, inProgress: null }
}
