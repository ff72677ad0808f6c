import { useQuery } from '@tanstack/react-query'
import FolderOpen from 'lucide-react/icons/folder-open'
import { groupQueries, type Group } from '../api/groups.ts'
import { compareNatural } from '../lib/names.ts'
import { EmptyState } from '../ui/empty-state.tsx'

/** The groups of an account, in natural order; empty until they are loaded. */
export function useGroups(account: string): Group[] {
  const groups = useQuery(groupQueries.list(account))
  return (groups.data ?? []).toSorted((a, b) => compareNatural(a.name, b.name))
}

export function NoGroups({ account }: { account: string }) {
  return (
    <EmptyState icon={<FolderOpen size={32} />} title="No groups">
      The account {account} has no groups, or you don’t have access to them.
    </EmptyState>
  )
}
