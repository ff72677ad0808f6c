import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useMatch } from 'react-router'
import { fleetQuery, type FleetMachine } from '../../api/fleet.ts'
import { queryClient } from '../../api/query-client.ts'
import { machineQueries, type MachineData } from '../../api/virtual-machines.ts'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { useGroups } from '../../components/use-groups.ts'
import { entriesOfMachine, machineEntries, pageEntries } from './entries.ts'
import type { Everything } from './find-entries.ts'
import { recentPaths } from './recent.ts'

/** What there is to choose from: from the cache at once, and from one reading of the account, unless that is a minute old at most. */
export function useEverything(account: string): { all: Everything; isReading: boolean; error: Error | null } {
  const fleet = useQuery(fleetQuery(account))
  const groups = useGroups(account)
  const [cached] = useState(() => cachedFleet(account))
  const [recent] = useState(recentPaths)
  const here = useMachineHere()
  const known = fleet.data ?? cached
  // Made for each key, those of ten thousand machines would take 13 ms of it.
  const machines = useMemo(() => machineEntries(account, known), [account, known])
  const pages = pageEntries(
    account,
    groups.map(({ name }) => name),
  )
  return {
    all: { here, pages, machines, recent },
    isReading: fleet.isPending,
    error: fleet.isLoadingError ? fleet.error : null,
  }
}

/** The machines of the lists that were read, before the whole account is. */
function cachedFleet(account: string): FleetMachine[] {
  const lists = queryClient.getQueriesData<VirtualMachine[]>({
    queryKey: ['accounts', account, 'groups'],
    predicate: ({ queryKey }) => queryKey[4] === 'list',
  })
  const machines = new Map<number, FleetMachine>()
  for (const [key, list] of lists) {
    for (const vm of list ?? []) if (!vm.deleted) machines.set(vm.id, { group: String(key[3]), vm })
  }
  return [...machines.values()]
}

/** What can be done to the machine whose page is open, as it was last read. */
function useMachineHere() {
  const match = useMatch('/accounts/:account/groups/:group/virtual_machines/:vm')
  const { account = '', group = '', vm: named = '' } = match?.params ?? {}
  if (named === '') return []
  const ref = { account, group }
  const machine = queryClient
    .getQueriesData<MachineData>({ queryKey: [...machineQueries.group(ref), 'machine'] })
    .map(([, data]) => data)
    .find((data) => data !== undefined && (data.vm.name === named || String(data.vm.id) === named))
  if (machine === undefined) return []
  const [entry] = machineEntries(account, [{ group, vm: machine.vm }])
  // One is there already.
  return entry === undefined ? [] : entriesOfMachine(entry).filter(({ key }) => !key.startsWith('open/'))
}
