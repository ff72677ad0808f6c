import type { QueryKey, UseQueryResult } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, type ReactNode } from 'react'
import { useBrainSettings } from '../../api/brain.ts'
import { useAnnouncedStates } from '../../components/machine/announced-states.ts'
import {
  LoadFailure,
  PollControl,
  RefreshProblem,
  UpdatedAt,
  useStale,
} from '../../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { formatWhen } from '../../lib/times.ts'
import { countOf } from '../../lib/units.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Skeleton } from '../../ui/spinner.tsx'
import { chooseFacet, Facets } from './search/facets.tsx'
import { useGrouped } from './table/use-grouped.ts'
import type { ListView } from './list-view.ts'
import { useFoundRows } from './search/found-rows.ts'
import { searchEngine } from './search/load-engine.ts'
import { useOpenFirst } from './search/open-first.ts'
import { SearchBox } from './search/search-box.tsx'
import type { SelectionProps } from './selection-tools.tsx'
import type { Search } from '../../components/page/use-search.ts'
import { SortControl, ViewMenu } from './table-tools.tsx'
import { TimelineInUrl } from './timeline-in-url.tsx'
import { sortRows, type MachineRow } from './table/columns.ts'
import { MachineTable } from './table/machine-table.tsx'
import { keepOnly, selectionOf, useSelectedIds } from './table/selection.ts'

const DemoTips = lazyComponent(async () => (await import('../demo/tips.tsx')).DemoTips, { onDemand: true })
const SelectionTools = lazyComponent(async () => (await import('./selection-tools.tsx')).SelectionTools)
const SearchNotes = lazyComponent(async () => (await import('./search/search-terms.tsx')).SearchNotes)
const SearchTerms = lazyComponent(async () => (await import('./search/search-terms.tsx')).SearchTerms)

// Widths of the placeholders for names. All widths differ, because they are also React keys.
const SKELETON_WIDTHS = ['w-32', 'w-24', 'w-36', 'w-28', 'w-20', 'w-40', 'w-30', 'w-26']

interface Props {
  /** The key of the list's selection. */
  list: string
  account: string
  heading: string
  /** The group or account, for sentences: "Machines of web". */
  what: string
  /** Buttons beside the heading. */
  actions?: ReactNode
  view: ListView
  queryKey: QueryKey
  /** Only the fields that a refresh without changes leaves alone, so that such a refresh doesn't re-render the list. */
  query: Pick<
    UseQueryResult,
    'error' | 'isError' | 'isPending' | 'isLoadingError' | 'isRefetchError' | 'refetch'
  >
  /** In any order, with deleted ones; undefined until fetched. A machine that hasn't changed must be the same object as before. */
  machines: readonly MachineRow[] | undefined
  everyGroup?: boolean
  /** A link to show when the list fails to load. */
  elsewhere?: ReactNode
  /** The button shown when there are no machines. */
  whenEmpty: ReactNode
}

const NO_ROWS: readonly MachineRow[] = []

/** A page of machines: search, facets, table, selection, and the age of the data. */
export function MachineList(props: Props) {
  const { list, account, heading, what, view, queryKey, query, machines, everyGroup = false } = props
  const { search } = view
  const isDemo = useBrainSettings()?.demo !== undefined
  const stale = useStale(queryKey, query.isRefetchError)
  useAnnouncedStates(machines)

  const { by, descending } = view.sort
  // Callers must memoise `machines`: sorting ten thousand takes 40 ms.
  const all = useMemo(() => sortRows(machines ?? [], { by, descending }), [machines, by, descending])
  const [existing, deleted] = useMemo(() => byDeleted(all), [all])
  const engine = searchEngine.use()
  const terms = engine?.parseSearch(search.query) ?? []
  const onlyDeleted = engine?.asksForDeleted(terms) ?? false
  const rows = onlyDeleted ? deleted : existing
  const selection = selectionOf(list)
  useEffect(() => {
    if (machines) keepOnly(selection, all)
  }, [machines, all, selection])
  const matching = useFoundRows(rows, search.query)
  const grouped = useGrouped(matching, view.groupBy, everyGroup)
  const found = grouped?.rows ?? matching
  const hidden = useFoundRows(
    terms.length === 0 || engine?.asksForState(terms) === true ? NO_ROWS : deleted,
    search.query,
  )
  const openFirst = useOpenFirst(search, found)
  // True from the first letter, so that the code of the search terms has loaded by the time typing pauses.
  const searching = search.query !== '' || search.settled !== ''
  const noun = onlyDeleted ? 'deleted machine' : 'machine'

  return (
    <>
      <PageTitle parts={onlyDeleted ? ['Deleted', heading] : [heading]} failed={query.isError} />
      <div className="flex items-center gap-2 md:items-end">
        <div className="min-w-0 flex-1">
          <p translate="no" className="mb-1 text-xs text-muted max-md:hidden">
            {account}
          </p>
          <div className="flex flex-wrap items-baseline gap-x-2.5">
            <PageHeading translate={heading === what ? 'no' : undefined}>{heading}</PageHeading>
            {machines && (
              <span className="text-muted">
                {found.length < rows.length && <span>{found.length} of </span>}
                <span>{countOf(rows.length, noun)}</span>
              </span>
            )}
            {stale && (
              <UpdatedAt queryKey={queryKey}>
                {(at) => <span className="text-muted">as of {formatWhen(at)}</span>}
              </UpdatedAt>
            )}
          </div>
        </div>
        <ViewMenu
          of={[account, everyGroup ? 'all' : heading, ...(onlyDeleted ? ['deleted'] : [])]}
          rows={found}
          everyGroup={everyGroup}
          groupBy={view.groupBy}
          onGroupBy={view.setGroupBy}
        />
        {props.actions}
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-2 md:mt-3.5 print:hidden">
        <SearchBox search={search} rows={rows} onEnter={openFirst} />
        <Facets search={search} rows={machines} />
      </div>
      {/* This line always has the same height, so that no row moves under the pointer when search terms come and go. */}
      <div className="flex h-9 items-center gap-3 pointer-coarse:h-11">
        <SortControl sort={view.sort} everyGroup={everyGroup} onSort={view.setSort} />
        <div className="flex min-w-0 flex-1 items-center gap-3 scroll-sideways [mask-image:linear-gradient(to_right,#000_calc(100%-1.5rem),transparent)] py-1 pr-6">
          {hidden.length > 0 && <DeletedMatches count={hidden.length} search={search} />}
          {searching && <span className="hidden text-xs print:inline">Search: {search.query}</span>}
          {searching && <SearchTerms search={search} />}
        </div>
        {machines && (
          <span className="-mr-2 shrink-0 text-muted">
            <PollControl queryKey={queryKey} />
          </span>
        )}
      </div>
      {isDemo && machines && <DemoTips rows={machines} />}
      {query.isPending && <ListSkeleton />}
      {query.isLoadingError && (
        <LoadFailure what={`the machines of ${what}`} query={query} actions={props.elsewhere} />
      )}
      {machines && found.length === 0 && (
        <NothingFound
          {...props}
          existing={existing.length}
          deleted={deleted.length}
          onlyDeleted={onlyDeleted}
        />
      )}
      {found.length > 0 && (
        <MachineTable
          label={`Machines of ${what}`}
          rows={found}
          grouped={grouped}
          sort={view.sort}
          stale={stale}
          deleted={onlyDeleted}
          everyGroup={everyGroup}
          isTyping={view.search.query !== view.search.settled}
          onSort={view.sortBy}
          selection={selection}
        />
      )}
      {onlyDeleted && found.length > 0 && (
        <p className="mt-2.5 max-w-prose text-xs text-muted">
          You can undelete them for 28 days, according to Bytemark’s help. They keep their names and addresses
          until purged.
        </p>
      )}
      {/* Floats above the end of the page, so that no row moves when it appears or disappears. */}
      <div className="pointer-events-none sticky bottom-[calc(0.75rem+var(--docked))] z-10 print:static grid gap-2 *:pointer-events-auto *:first:mt-3.5">
        {query.isRefetchError && query.error !== null && (
          <RefreshProblem error={query.error} queryKey={queryKey} floating />
        )}
        {searching && <SearchNotes search={search} rows={rows} found={found.length} />}
        {machines && <SelectionBar selection={selection} rows={all} found={found} />}
      </div>
      {machines && <TimelineInUrl what={what} rows={found} />}
    </>
  )
}

/** The machines that aren't deleted, and those that are; both in the order given. */
function byDeleted(rows: readonly MachineRow[]): [existing: MachineRow[], deleted: MachineRow[]] {
  const [existing, deleted]: [MachineRow[], MachineRow[]] = [[], []]
  for (const row of rows) (row.vm.deleted ? deleted : existing).push(row)
  return [existing, deleted]
}

/** Says that a search also matches deleted machines, which are hidden. */
function DeletedMatches({ count, search }: { count: number; search: Search }) {
  return (
    <p className="flex shrink-0 items-center gap-2 text-xs text-muted">
      <span className="max-md:sr-only">
        {countOf(count, 'deleted machine')} {count === 1 ? 'matches' : 'match'}
      </span>
      <Button size="small" onClick={() => chooseFacet(search, 'deleted')}>
        Show {count} deleted
      </Button>
    </p>
  )
}

interface NothingProps extends Pick<Props, 'what' | 'view' | 'whenEmpty'> {
  existing: number
  deleted: number
  onlyDeleted: boolean
}

/** Shown in place of the table. Says whether the list is empty or the search matches nothing. */
function NothingFound({ what, view: { search }, whenEmpty, existing, deleted, onlyDeleted }: NothingProps) {
  const choose = (facet: 'all' | 'deleted') => chooseFacet(search, facet)
  const engine = searchEngine.use()
  if (existing === 0 && !onlyDeleted)
    return (
      <EmptyState
        title={`${what} has no machines.`}
        actions={
          <>
            {whenEmpty}
            {deleted > 0 && <Button onClick={() => choose('deleted')}>Show {deleted} deleted</Button>}
          </>
        }
      />
    )
  const facet = engine?.facetOfSearch(search.query) ?? null
  if (deleted === 0 && onlyDeleted)
    return <EmptyState title="No deleted machines" actions={<ShowAll onClick={() => choose('all')} />} />
  if (facet !== null && facet !== 'all' && engine?.withFacet(search.query, 'all') === '')
    return (
      <EmptyState title={`No machine is ${facet}.`} actions={<ShowAll onClick={() => choose('all')} />} />
    )
  return (
    <EmptyState
      title={`No machine matches “${search.query}”.`}
      actions={<Button onClick={() => search.set('')}>Clear search</Button>}
    />
  )
}

function ShowAll({ onClick }: { onClick: () => void }) {
  return <Button onClick={onClick}>Show all machines</Button>
}

function ListSkeleton() {
  return (
    <div
      role="status"
      className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface"
    >
      <span className="sr-only">Loading the machines…</span>
      <div aria-hidden className="h-8.5 bg-raised max-md:hidden" />
      {SKELETON_WIDTHS.map((width) => (
        <div key={width} aria-hidden className="flex h-15 items-center gap-16 px-3 md:h-9.5">
          <Skeleton className={width} />
          <Skeleton className="w-20" />
          <Skeleton className="w-28 max-md:hidden" />
        </div>
      ))}
    </div>
  )
}

function SelectionBar(props: SelectionProps) {
  const ids = useSelectedIds(props.selection)
  const count = ids.size
  const before = useRef(count)
  useEffect(() => {
    if (count !== before.current) announce(count === 0 ? 'Nothing selected.' : `${count} selected.`)
    before.current = count
  }, [count])
  return count > 0 && <SelectionTools {...props} ids={ids} />
}
