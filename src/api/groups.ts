import { queryOptions } from '@tanstack/react-query'
import type { GroupRef } from '../lib/links.ts'
import { findCalled, isId } from '../lib/names.ts'
import { accountQueries } from './accounts.ts'
import { request } from './http.ts'
import { apiPath, withQuery } from './path.ts'
import { queryClient } from './query-client.ts'
import { listOf, maybe, z } from './schema.ts'

const groupSchema = z.looseObject({ id: z.number(), name: z.string() })

export type Group = z.infer<typeof groupSchema>

export function groupsPath(account: string): string {
  return apiPath('accounts', account, 'groups')
}

/** Requests that change a group use its id, because another group may get the old name. */
export function groupPath(account: string, id: number): string {
  return groupsPath(account) + apiPath(id)
}

const contentsSchema = z.lazy(() =>
  z.looseObject({
    ...groupSchema.shape,
    virtual_machines: maybe(
      listOf(z.looseObject({ id: z.number(), name: z.string(), deleted: maybe(z.boolean()) })),
    ),
  }),
)

/** A group's current name and number of machines. `machines` includes deleted machines that haven't been purged. */
export interface GroupContents {
  name: string
  machines: number
  deleted: number
}

/** Throws an ApiError; 404 if the group no longer exists. */
export async function fetchGroupContents(account: string, id: number): Promise<GroupContents> {
  const path = withQuery(groupPath(account, id), { view: 'overview', include_deleted: true })
  const { name, virtual_machines } = (await request('GET', path, { schema: contentsSchema })).data
  const all = virtual_machines ?? []
  return { name, machines: all.length, deleted: all.filter((vm) => vm.deleted).length }
}

export async function fetchGroups(account: string, signal?: AbortSignal): Promise<Group[]> {
  return (await request('GET', groupsPath(account), { schema: listOf(groupSchema), signal })).data
}

/** Refreshes all pages that show an account's groups, after a group was created, renamed or deleted. */
export function refreshGroups(account: string): void {
  void queryClient.invalidateQueries({ queryKey: groupQueries.list(account).queryKey, exact: true })
  void queryClient.invalidateQueries({ queryKey: accountQueries.overview(account).queryKey })
}

export const groupQueries = {
  list: (account: string) =>
    queryOptions({
      queryKey: ['accounts', account, 'groups'],
      queryFn: ({ signal }) => fetchGroups(account, signal),
      staleTime: 60_000,
    }),
}

/** A group's name, where a path may have its id instead; the id itself if these groups don't have it. */
export function groupNameIn(groups: readonly Group[] | undefined, segment: string): string {
  return isId(segment) ? (findCalled(groups, segment)?.name ?? segment) : segment
}

/** The same from the groups loaded so far. Components use useGroupName, which loads them. */
export function groupName({ account, group }: GroupRef): string {
  return groupNameIn(queryClient.getQueryData(groupQueries.list(account).queryKey), group)
}
