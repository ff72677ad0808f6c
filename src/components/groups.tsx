import { useQuery } from '@tanstack/react-query'
import { groupQueries, type Group } from '../api/groups.ts'
import { compareNatural } from '../lib/names.ts'

/** The groups of an account, in natural order; none while they are not known. */
export function useGroups(account: string): Group[] {
  const groups = useQuery(groupQueries.list(account))
  return (groups.data ?? []).toSorted((a, b) => compareNatural(a.name, b.name))
}
