import type { Action } from '../actions/action.ts'
import type { Readings, ThingAction } from '../actions/thing.ts'
import { fetchGroupContents, fetchGroups } from '../api/groups.ts'
import { privilegesOnPath, fetchPrivileges } from '../api/privileges.ts'
import { isNotFound } from '../api/query-client.ts'
import { fetchUser } from '../api/users.ts'
import { doPlainly, type PlainResult } from './plain.ts'

const READ: { [Reads in keyof Readings]: (of: Readings[Reads]['of']) => Promise<Readings[Reads]['is']> } = {
  groups: ({ account }) => fetchGroups(account),
  contents: ({ account, id }) =>
    fetchGroupContents(account, id).catch((error: unknown) => {
      if (isNotFound(error)) return null
      throw error
    }),
  user: ({ id }) => fetchUser(id),
  privileges: (place) => fetchPrivileges(privilegesOnPath(place)),
}

/** Sends an action on what is no machine, once, and reads back what it was about. */
export async function doThing<Params, Reads extends keyof Readings>(
  action: ThingAction<string, Params, Reads>,
  params: Params,
): Promise<PlainResult> {
  const read = () => READ[action.reads](action.of(params))
  const [request] = action.requests(params)
  if (request === undefined) throw new Error(`${action.name} sends nothing.`)
  return await doPlainly(action, action.target(params), request, {
    expects: action.expects?.(params) ?? null,
    check: async () => action.disabledReason(await read(), params),
    readBack: async () => action.contradiction(await read(), params),
  })
}

/** An action on what is no machine with its params, for a form that sends one or another. */
export function bindThing<Params, Reads extends keyof Readings>(
  action: ThingAction<string, Params, Reads>,
  params: Params,
) {
  return {
    action: action satisfies Action,
    target: action.target(params),
    requests: action.requests(params),
    send: () => doThing(action, params),
  }
}
