import type { Group, GroupContents } from '../api/groups.ts'
import type { Privilege, PrivilegePlace } from '../api/privileges.ts'
import type { User } from '../api/users.ts'
import type { Action } from './action.ts'
import type { Expectations } from './observation.ts'
import type { PlannedRequest, Target } from './requests.ts'

/** The kinds of resources that are fetched before and after an action; `of` identifies one. operations/resource-action.ts fetches them. */
export interface ResourceData {
  groups: { of: { account: string }; is: readonly Group[] }
  /** Null if the group is gone. */
  contents: { of: { account: string; id: number }; is: GroupContents | null }
  user: { of: { id: number }; is: User }
  privileges: { of: PrivilegePlace; is: readonly Privilege[] }
}

/** An action on a group, a privilege or a user. It sends one request, and is done once the resource shows the change. */
export interface ResourceAction<
  Name extends string = string,
  Params = never,
  Resource extends keyof ResourceData = keyof ResourceData,
> extends Action<Name> {
  on: 'group' | 'new group' | 'privilege' | 'user'
  /** The resource to fetch, which shows whether the action is allowed and whether it was done. */
  resource: Resource
  /** The account, group, user or place that the resource belongs to. */
  of: (params: Params) => ResourceData[Resource]['of']
  /** The resource is also fetched before the first request, not only before a repeat after a 401. */
  fetchFirst?: true
  /** The target's name, as stored and shown: "default", "vm_admin on web for jane". */
  target: (params: Params) => Target
  /** The request to send, in a list; the list is empty if the request would change nothing. */
  requests: (params: Params) => PlannedRequest[]
  /** Why the action isn't possible, given the resource as just fetched, or null. */
  disabledReason: (data: ResourceData[Resource]['is'], params: Params) => string | null
  /**
   * Compares the resource, fetched after the request, with the action. Returns the contradiction in a sentence, or null if the action was
   * done.
   */
  contradiction: (data: ResourceData[Resource]['is'], params: Params) => string | null
  /** The data to store for `cli` and the record, without secrets. `contradiction` doesn't use it. */
  expects?: (params: Params) => Expectations
}

/** Declares an action on a group, a privilege or a user. */
export function resourceAction<const Name extends string, Params, Resource extends keyof ResourceData>(
  action: Omit<ResourceAction<Name, Params, Resource>, 'watch' | 'inProgress'>,
): ResourceAction<Name, Params, Resource> {
  return { ...action, watch: null, inProgress: null }
}
