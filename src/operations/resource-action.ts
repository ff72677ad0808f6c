import type { Action } from '../actions/action.ts'
import type { Expectations, ResourceData, ShownIn } from '../actions/observation.ts'
import type { PlannedRequest, Target } from '../actions/requests.ts'
import type { ResourceAction } from '../actions/resource-action.ts'
import { ApiError } from '../api/errors.ts'
import { fetchGroupContents, fetchGroups } from '../api/groups.ts'
import { fetchIp, ipQueries } from '../api/ips.ts'
import { fetchPrivileges, privilegesOnPath } from '../api/privileges.ts'
import { nullIfNotFound, queryClient } from '../api/query-client.ts'
import { fetchUser, userQueries } from '../api/users.ts'
import { forbiddenReason } from './disabled-reason.ts'
import { begin, send, type Finished } from './send.ts'
import { endOperation } from './store.ts'

/** The result of an action on a group, a privilege or a user. */
export type ResourceActionResult =
  | Exclude<Finished, { is: 'waiting' | 'stopped' }>
  /** Nothing was sent, because something blocks the action or the fetched data doesn't allow it. */
  | { is: 'not sent'; reason: string }
  /** The fetch before the action failed, so nothing was sent. */
  | { is: 'fetch failed'; error: ApiError }

/** A resource action with its params. */
export interface BoundResourceAction<Params = unknown> {
  action: Action
  params: Params
  target: Target
  requests: PlannedRequest[]
  /** Sends the action's request. Resolves once a fetch shows whether the action was done, or BigV hasn't answered. */
  run: () => Promise<ResourceActionResult>
}

/** Binds a resource action to its params. */
export function bindResourceAction<Params, Resource extends keyof ResourceData>(
  action: ResourceAction<string, Params, Resource>,
  params: Params,
): BoundResourceAction<Params> {
  const [target, requests] = [action.target(params), action.requests(params)]
  return { action, params, target, requests, run: () => runResourceAction(action, params) }
}

async function runResourceAction<Params, Resource extends keyof ResourceData>(
  action: ResourceAction<string, Params, Resource>,
  params: Params,
): Promise<ResourceActionResult> {
  const { shownIn } = action
  const [target, expected] = [action.target(params), action.expects(params)]
  const fetch = async () => ({ now: await fetchResource(shownIn, target, expected) })
  const job = {
    action,
    target,
    record: { expects: expected as Expectations },
    blocked: () => forbiddenReason(action, target),
    fetch,
    disabledReason: (data: Awaited<ReturnType<typeof fetch>> | null) =>
      data && action.disabledReason(data.now, params),
    requests: () => action.requests(params),
    finish: (key: string) =>
      confirmByFetch(key, async () =>
        shownIn.isDone((await fetch()).now, expected) ? null : action.contradiction(params),
      ),
    // The dialog says that the result is unclear. The page refreshes, which may show it (activity/later-findings.ts).
    fetchUnanswered: async () => ({ outcome: 'unclear' as const, note: '' }),
    refresh: () => {},
  }
  const begun = await begin(job, { fetch: async () => (action.fetchFirst ? fetch() : null) })
  if (begun.is === 'fetch failed') return begun
  if (begun.is === 'refused') return { is: 'not sent', reason: begun.reason }
  const finished = await send(begun.key, job, begun.data, begun.place)
  switch (finished.is) {
    case 'stopped':
      return { is: 'not sent', reason: finished.why }
    case 'waiting':
      throw new Error(`${action.name} is not watched.`)
    default:
      return finished
  }
}

/** Fetches the resource again and ends the operation by what that shows. If the fetch fails, ends it by BigV's answer to the write. */
async function confirmByFetch(key: string, contradiction: () => Promise<string | null>): Promise<Finished> {
  try {
    const note = await contradiction()
    endOperation(key, note === null ? 'done' : 'superseded', note ?? '')
    return note === null ? { is: 'done' } : { is: 'superseded', note }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    endOperation(key, 'done', `BigV accepted the request, but checking the result failed: ${error.message}`)
    return { is: 'done' }
  }
}

/** How each resource is fetched. */
const FETCH: {
  [Resource in keyof ResourceData]: (
    of: ResourceData[Resource]['of'],
  ) => Promise<ResourceData[Resource]['is']>
} = {
  groups: ({ account }) => fetchGroups(account),
  contents: ({ account, id }) => nullIfNotFound(fetchGroupContents(account, id)),
  async user({ id }) {
    const user = await fetchUser(id)
    // Also updates the page that shows the user's keys.
    queryClient.setQueryData(userQueries.one(user.username).queryKey, user)
    return user
  },
  privileges: (place) => fetchPrivileges(privilegesOnPath(place)),
  async ip({ address }) {
    const ip = await fetchIp(address)
    // Also updates the open form, which says that the name has changed.
    queryClient.setQueryData(ipQueries.one(address).queryKey, ip)
    return ip
  },
}

/** Fetches a resource for an operation. Throws an ApiError. */
export function fetchResource<Resource extends keyof ResourceData>(
  { resource, of }: Pick<ShownIn<Resource, unknown>, 'resource' | 'of'>,
  target: Target,
  expected: unknown,
): Promise<ResourceData[Resource]['is']> {
  return FETCH[resource](of(target, expected))
}
