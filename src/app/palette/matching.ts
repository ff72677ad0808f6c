import { useMemo } from 'react'
import { queryClient } from '../../api/query-client.ts'
import { overviewQueries, overviewSummary, type OverviewSummary } from '../../api/virtual-machines.ts'
import * as engine from '../../features/machine-list/search/engine.ts'
import { searchableOf, useMatching } from '../../features/machine-list/search/found-rows.ts'
import type { Searchable } from '../../lib/search/searchable.ts'
import { parseSearch } from '../../lib/search/parse.ts'
import type { MachineEntry } from './entries.ts'
import type { PaletteEntries } from './find-entries.ts'

/** Matches machines with the query as the search of the list does. A query of invalid terms only, such as "is:", matches none. */
export function useMatchingEntries(query: string): PaletteEntries['matching'] {
  const matching = useMatching(query, engine)
  return useMemo(
    () => (text) => {
      const terms = parseSearch(text)
      if (terms.every(({ meaning }) => meaning.is === 'wrong')) return () => false
      const fits = matching(terms)
      return (entry) => fits(searchableOfEntry(entry))
    },
    [matching],
  )
}

const searchables = new WeakMap<MachineEntry, Searchable>()

function searchableOfEntry(entry: MachineEntry): Searchable {
  let searchable = searchables.get(entry)
  if (searchable === undefined) {
    const { ref, vm, hint } = entry
    searchable = searchableOf({ group: ref, vm, ...summaryOf(entry) }, hint)
    searchables.set(entry, searchable)
  }
  return searchable
}

/** Until the whole account is fetched, machines come from lists, which lack addresses and discs. */
function summaryOf({ ref, vm }: MachineEntry): OverviewSummary {
  const fetched = queryClient.getQueryData(overviewQueries.byMachine(ref).queryKey)?.[vm.id]
  return vm.network_interfaces || vm.discs || fetched === undefined ? overviewSummary(vm) : fetched
}
