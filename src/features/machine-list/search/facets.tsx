import { facetNow, useChanging, type Changing } from '../../../components/machine/changing.ts'
import { useId, useMemo } from 'react'
import { useShouldBeOn } from '../../../operations/restarting-since.ts'
import { FACETS, type ListFacet } from './facet-names.ts'
import { searchEngine } from './load-engine.ts'
import type { Search } from '../../../components/page/use-search.ts'
import type { MachineRow } from '../table/columns.ts'

/** Writes the facet into the search, in place of its `is:` terms. */
export function chooseFacet(search: Search, facet: ListFacet): void {
  // At once even while the code that parses searches is still loading.
  if (search.query === '') search.set(facet === 'all' ? '' : `is:${facet}`)
  else void searchEngine.load().then((engine) => engine && search.set(engine.withFacet(search.query, facet)))
}

interface Props {
  search: Search
  /** All machines of the page, whatever the search; undefined until fetched. */
  rows: readonly MachineRow[] | undefined
}

/** All machines, or those in one state, each with their number. The choice is written into the search. */
export function Facets({ search, rows }: Props) {
  const name = useId()
  const changing = useChanging(true)
  const shouldBeOn = useShouldBeOn()
  const counts = useMemo(() => rows && countFacets(rows, changing, shouldBeOn), [rows, changing, shouldBeOn])
  const engine = searchEngine.use()
  const chosen = search.query === '' ? 'all' : (engine?.facetOfSearch(search.query) ?? null)
  return (
    <fieldset
      aria-label="State"
      className="flex w-fit max-w-full min-w-0 scroll-sideways rounded-lg border border-line-strong bg-surface max-md:w-full"
    >
      {FACETS.map(({ value, label }) => (
        <label
          key={value}
          className="relative flex h-8 items-center gap-1.5 border-r border-line px-2.5 font-medium whitespace-nowrap first:rounded-l-[7px] last:rounded-r-[7px] last:border-0 hover:bg-raised has-checked:bg-accent-soft has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent max-md:h-11 max-md:flex-auto max-md:flex-col max-md:justify-center max-md:gap-0 max-md:px-1.5 max-md:text-xs forced-colors:has-checked:underline print:has-checked:underline pointer-coarse:h-11"
        >
          <input
            type="radio"
            name={name}
            checked={value === chosen}
            onChange={() => chooseFacet(search, value)}
            className="absolute inset-0 size-full cursor-pointer appearance-none opacity-0"
          />
          {label} <span className="font-normal text-muted">{counts ? counts[value] : '–'}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** How many of the machines each facet shows. Each machine counts once: as deleted, as changing, or in its own state. */
export function countFacets(
  rows: readonly MachineRow[],
  changing: Changing,
  shouldBeOn: ReadonlySet<number>,
): Record<ListFacet, number> {
  const counts = { all: 0, running: 0, stopped: 0, changing: 0, deleted: 0 }
  for (const { vm } of rows) counts[facetNow(vm, changing, shouldBeOn)] += 1
  counts.all = rows.length - counts.deleted
  return counts
}
