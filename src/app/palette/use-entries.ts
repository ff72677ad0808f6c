import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useMatch } from 'react-router'
import {
  accountQueries,
  fetchedMachines,
  machinesOf,
  type AccountMachine,
  type AccountOverview,
} from '../../api/accounts.ts'
import { groupQueries } from '../../api/groups.ts'
import { queryClient } from '../../api/query-client.ts'
import { machineQueries, type MachineData } from '../../api/virtual-machines.ts'
import { useGroups } from '../../components/groups.tsx'
import { MACHINE_PAGE } from '../../lib/links.ts'
import { findCalled } from '../../lib/names.ts'
import { entriesOfMachine, machineEntries, pageEntries, withIds } from './entries.ts'
import type { PaletteEntries } from './find-entries.ts'
import { recentPaths } from './recent.ts'

// A list this old is good enough: machines seldom come and go, and every action first fetches its machine again.
const STALE_MS = 60_000

/**
 * All entries of the palette. They come from the cache at first. If the account's data is more than a minute old, it is fetched and the
 * entries are updated.
 */
export function useEntries(account: string): {
  all: Omit<PaletteEntries, 'matching'>
  isFetching: boolean
  error: Error | null
} {
  const fleet = useQuery({
    ...accountQueries.overview(account),
    select: existingMachines,
    staleTime: STALE_MS,
  })
  const groups = useGroups(account)
  const [cached] = useState(() => cachedFleet(account))
  const [visited] = useState(recentPaths)
  const here = useMachineHere()
  const known = fleet.data ?? cached
  // This is memoised, because creating the entries of 10,000 machines takes 13 ms, and would be repeated at each key press.
  const machines = useMemo(() => machineEntries(account, known), [account, known])
  const recent = useMemo(() => withIds(visited, machines), [visited, machines])
  const pages = pageEntries(account, groups)
  return {
    all: { here, pages, machines, recent },
    isFetching: fleet.isPending,
    error: fleet.isLoadingError ? fleet.error : null,
  }
}

const existingMachines = (overview: AccountOverview) => machinesOf(overview).filter(({ vm }) => !vm.deleted)

/** The machines of the cached lists, used until the whole account is fetched. */
function cachedFleet(account: string): AccountMachine[] {
  const machines = new Map<number, AccountMachine>()
  for (const query of queryClient
    .getQueryCache()
    .findAll({ queryKey: groupQueries.list(account).queryKey })) {
    for (const { ref, machines: fetched, list } of fetchedMachines(query)) {
      if (list === null) continue
      for (const vm of fetched) if (!vm.deleted) machines.set(vm.id, { group: ref.group, vm })
    }
  }
  return [...machines.values()]
}

/** The actions on the machine whose page is open, from the machine's last fetch. */
function useMachineHere() {
  const match = useMatch(MACHINE_PAGE)
  const { account = '', group = '', vm: named = '' } = match?.params ?? {}
  if (named === '') return []
  const ref = { account, group }
  const fetched = queryClient
    .getQueriesData<MachineData>({ queryKey: machineQueries.details(ref) })
    .flatMap(([, data]) => data?.vm ?? [])
  const vm = findCalled(fetched, named)
  if (vm === undefined) return []
  const [entry] = machineEntries(account, [{ group, vm }])
  // Leave out the entry that opens the machine's page: that page is open already.
  return entry === undefined ? [] : entriesOfMachine(entry).filter(({ key }) => !key.startsWith('open/'))
}
