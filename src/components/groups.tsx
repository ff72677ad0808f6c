import { useQuery } from '@tanstack/react-query'
import { groupNameIn, groupQueries, type Group } from '../api/groups.ts'
import type { GroupRef } from '../lib/links.ts'
import { compareNatural, isId } from '../lib/names.ts'

/** The groups of an account, in natural order; empty until they are loaded. */
export function useGroups(account: string): Group[] {
  const groups = useQuery(groupQueries.list(account))
  return (groups.data ?? []).toSorted((a, b) => compareNatural(a.name, b.name))
}

/** The group's name to show. Paths have the id of a group whose name is digits only; until the groups are loaded, that id is shown. */
export function useGroupName({ account, group }: GroupRef): string {
  const groups = useQuery({ ...groupQueries.list(account), enabled: isId(group) })
  return groupNameIn(groups.data, group)
}
