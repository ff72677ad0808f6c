import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { queryClient } from '../../api/query-client.ts'
import { overviewQueries } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'

const AT_LEAST_EVERY_MS = 5 * 60_000

/**
 * What the list of a group does not say, by machine: addresses and discs. Read once the list is there, when the set of machines
 * changes, and every five minutes.
 */
export function useOverview(group: GroupRef, machines: readonly { id: number }[] | undefined) {
  const options = overviewQueries.byMachine(group)
  const known = useRef<ReadonlySet<number> | null>(null)
  useEffect(() => {
    if (machines === undefined) return
    const before = known.current
    known.current = new Set(machines.map(({ id }) => id))
    const same =
      before === null || (before.size === machines.length && machines.every(({ id }) => before.has(id)))
    if (!same) void queryClient.invalidateQueries({ queryKey: overviewQueries.byMachine(group).queryKey })
  }, [machines, group])
  return useQuery({
    ...options,
    enabled: machines !== undefined && machines.length > 0,
    refetchInterval: AT_LEAST_EVERY_MS,
  }).data
}
