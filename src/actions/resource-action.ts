import type { Action } from './action.ts'
import type { PlannedRequest, Target } from './requests.ts'
import type { ResourceData, ShownIn } from './observation.ts'

/** An action on a group, a privilege or a user. It sends one request, and is done once the resource shows the change. */
export interface ResourceAction<
  Name extends string = string,
  Params = never,
  Resource extends keyof ResourceData = keyof ResourceData,
  Expected = unknown,
> extends Action<Name> {
  on: 'group' | 'new group' | 'privilege' | 'user'
  /** The resource to fetch, which shows whether the action is allowed and whether it was done. */
  shownIn: ShownIn<Resource, Expected>
  /** The resource is also fetched before the first request, not only before a repeat after a 401. */
  fetchFirst?: true
  /** The target's name, as stored and shown: "default", "vm_admin on web for jane". */
  target: (params: Params) => Target
  /** The request to send, in a list; the list is empty if the request would change nothing. */
  requests: (params: Params) => PlannedRequest[]
  /** Why the action isn't possible, given the resource as just fetched, or null. */
  disabledReason: (data: ResourceData[Resource]['is'], params: Params) => string | null
  /** The data to store for `shownIn` and `cli`, passed to them as `expected`. Without secrets. */
  expects: (params: Params) => Expected
  /** The sentence if BigV accepted the request, but the resource, fetched afterwards, doesn't show that the action was done. */
  contradiction: (params: Params) => string
}

/** Declares an action on a group, a privilege or a user. */
export function resourceAction<
  const Name extends string,
  Params,
  Resource extends keyof ResourceData,
  Expected,
>(
  action: Omit<ResourceAction<Name, Params, Resource, Expected>, 'watch' | 'inProgress'>,
): ResourceAction<Name, Params, Resource, Expected> {
  return { ...action, watch: null, inProgress: null }
}
