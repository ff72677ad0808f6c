import type { Action } from '../actions/action.ts'
import type { Expectations } from '../actions/observation.ts'
import type { PlannedRequest, Target } from '../actions/requests.ts'
import type { ResourceAction } from '../actions/resource-action.ts'
import type { ResourceData } from '../actions/resources.ts'
import { ApiError } from '../api/errors.ts'
import { forbiddenReason } from './disabled-reason.ts'
import { fetchResource } from './resources.ts'
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
