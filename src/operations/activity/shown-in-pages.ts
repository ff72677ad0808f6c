import { hashKey, type Query, type QueryKey } from '@tanstack/react-query'
import { actions } from '../../actions/index.ts'
import type { ResourceData, ShownIn } from '../../actions/observation.ts'
import { accountQueries, type AccountOverview } from '../../api/accounts.ts'
import { groupQueries, type Group } from '../../api/groups.ts'
import { ipQueries, type Ip } from '../../api/ips.ts'
import { privilegeQueries, type Privilege } from '../../api/privileges.ts'
import { userQueries, type User } from '../../api/users.ts'
import type { Operation, Target } from '../operation.ts'

type PageQuery = Pick<Query, 'queryKey' | 'queryHash' | 'state'>

/** How a page's query shows each resource; undefined if the query is about something else. */
const SHOWN: {
  [Resource in keyof ResourceData]: (
    of: ResourceData[Resource]['of'],
    query: PageQuery,
  ) => ResourceData[Resource]['is'] | undefined
} = {
  groups: ({ account }, query) => groupsIn(account, query),
  contents: ({ account, id }, query) =>
    groupsIn(account, query)?.every((group) => group.id !== id) === true ? null : undefined,
  // Pages fetch users by name.
  user({ id }, { queryKey, state }) {
    if (queryKey[0] !== userQueries.one('').queryKey[0]) return undefined
    const user = state.data as User
    return user.id === id ? user : undefined
  },
  privileges: (place, query) =>
    isAt(query, privilegeQueries.on(place).queryKey) ? (query.state.data as Privilege[]) : undefined,
  ip: ({ address }, query) =>
    isAt(query, ipQueries.one(address).queryKey) ? (query.state.data as Ip) : undefined,
}

/** An account's groups come from the list of groups or from the overview of the account. */
function groupsIn(account: string, query: PageQuery): readonly Group[] | undefined {
  if (isAt(query, groupQueries.list(account).queryKey)) return query.state.data as Group[]
  const isOverview = isAt(query, accountQueries.overview(account).queryKey)
  return isOverview ? (query.state.data as AccountOverview).groups : undefined
}

function isAt({ queryHash }: PageQuery, key: QueryKey): boolean {
  return queryHash === hashKey(key)
}

/** True if the data that a page has just fetched shows that the operation was done. */
export function isShownBy(query: PageQuery, { action, target, expects }: Operation): boolean {
  const { shownIn } = actions[action]
  return shownIn !== undefined && expects !== null && isShownIn(shownIn, query, target, expects)
}

function isShownIn<Resource extends keyof ResourceData>(
  shownIn: ShownIn<Resource, unknown>,
  query: PageQuery,
  target: Target,
  expected: unknown,
): boolean {
  const data = SHOWN[shownIn.resource](shownIn.of(target, expected), query)
  return data !== undefined && shownIn.isDone(data, expected)
}
