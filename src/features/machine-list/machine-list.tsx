import type { QueryKey, UseQueryResult } from '@tanstack/react-query'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import Trash2 from 'lucide-react/icons/trash'
import { useEffect, useMemo, useRef, type ReactNode } from 'react'
import { useAnnouncedStates } from '../../components/machine/announced-states.ts'
import {
  LoadFailure,
  PollControl,
  RefreshProblem,
  UpdatedAt,
  useStale,
} from '../../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { machinesInWords } from '../../lib/machine-counts.ts'
import { formatWhen } from '../../lib/times.ts'
import { countOf } from '../../lib/units.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SwitchField } from '../../ui/fields/checkbox.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Skeleton } from '../../ui/spinner.tsx'
import type { ListView } from './list-view.ts'
import { useFoundRows } from './search/found-rows.ts'
import { SearchBox } from './search/search-box.tsx'
import type { SelectionProps } from './selection-tools.tsx'
import { TableTools } from './table-tools.tsx'
import { countRows, sortRows, type MachineRow } from './table/columns.ts'
import { MachineTable } from './table/machine-table.tsx'
import { keepOnly, selectionOf, useSelectedIds } from './table/selection.ts'

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
  actions: ReactNode
  view: ListView
  queryKey: QueryKey
  /** Only the fields that a refresh without changes leaves alone, so that such a refresh doesn't re-render the list. */
  query: Pick<
    UseQueryResult,
    'error' | 'isError' | 'isPending' | 'isLoadingError' | 'isRefetchError' | 'refetch'
  >
  /** In any order; undefined until fetched. A machine that hasn't changed must be the same object as before. */
  machines: readonly MachineRow[] | undefined
  everyGroup?: boolean
  /** A link to show when the list fails to load. */
  elsewhere?: ReactNode
  /** Shown when the list is empty. */
  empty: ReactNode
}

/** A page of machines: search, table, selection, and the age of the data. */
export function MachineList(props: Props) {
  const { list, account, heading, what, actions, view, queryKey, query, machines, everyGroup = false } = props
  const { onlyDeleted } = view
  const stale = useStale(queryKey, query.isRefetchError)
  useAnnouncedStates(machines)

  const { by, descending } = view.sort
  // Callers must memoise `machines`: sorting ten thousand takes 40 ms.
  const rows = useMemo(
    () =>
      sortRows(
        (machines ?? []).filter(({ vm }) => !onlyDeleted || vm.deleted),
        { by, descending },
      ),
    [machines, by, descending, onlyDeleted],
  )
  const selection = selectionOf(`${list}${onlyDeleted ? '/deleted' : ''}`)
  useEffect(() => {
    if (machines) keepOnly(selection, rows)
  }, [machines, rows, selection])
  const found = useFoundRows(rows, view.search.query)
  // True from the first letter, so that the code of the search terms has loaded by the time typing pauses.
  const searching = view.search.query !== '' || view.search.settled !== ''

  return (
    <>
      <PageTitle parts={onlyDeleted ? ['Deleted', heading] : [heading]} failed={query.isError} />
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1">
          <p translate="no" className="mb-1 text-xs text-muted">
            {account}
          </p>
          <div className="flex flex-wrap items-baseline gap-x-3">
            <PageHeading translate={heading === what && !onlyDeleted ? 'no' : undefined}>
              {onlyDeleted ? `Deleted in ${heading}` : heading}
            </PageHeading>
            {stale && (
              <UpdatedAt queryKey={queryKey}>
                {(at) => <span className="text-muted">as of {formatWhen(at)}</span>}
              </UpdatedAt>
            )}
          </div>
        </div>
        {actions}
      </div>
      <div className="mt-4 mb-2.5 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
        <SearchBox search={view.search} rows={rows} />
        {onlyDeleted ? (
          <Button onClick={() => view.setOnlyDeleted(false)}>
            <ArrowLeft size={15} aria-hidden />
            Back to all machines
          </Button>
        ) : (
          <>
            <SwitchField
              label="Show deleted"
              checked={view.includeDeleted}
              onChange={(event) => view.setIncludeDeleted(event.currentTarget.checked)}
            />
            <Button variant="quiet" onClick={() => view.setOnlyDeleted(true)}>
              <Trash2 size={15} aria-hidden />
              Deleted only
            </Button>
          </>
        )}
        <TableTools
          of={[account, everyGroup ? 'all' : heading, ...(onlyDeleted ? ['deleted'] : [])]}
          rows={found}
          everyGroup={everyGroup}
        />
      </div>
      {/* This line always has the same height, so that no row moves under the pointer when search terms come and go. */}
      <div className="-mx-1 -mt-1.5 mb-1 flex h-8 items-center gap-3 scroll-sideways px-1 pointer-coarse:h-11">
        {machines && <Counts machines={machines} shown={found.length} />}
        {searching && <span className="hidden text-xs print:inline">Search: {view.search.query}</span>}
        {searching && <SearchTerms search={view.search} />}
      </div>
      {onlyDeleted && rows.length > 0 && (
        <p className="mb-2.5 max-w-prose text-muted">
          You can undelete them for 28 days, according to Bytemark’s help. They keep their names and addresses
          until purged.
        </p>
      )}
      {query.isPending && <ListSkeleton />}
      {query.isLoadingError && (
        <LoadFailure what={`the machines of ${what}`} query={query} actions={props.elsewhere} />
      )}
      {machines && rows.length === 0 && !onlyDeleted && props.empty}
      {machines && rows.length === 0 && onlyDeleted && (
        <EmptyState icon={<Trash2 size={32} />} title="No deleted machines">
          {everyGroup ? `The account ${account}` : `The group ${what}`} has no deleted machines.
        </EmptyState>
      )}
      {rows.length > 0 && found.length === 0 && (
        <EmptyState
          title="No matching machines"
          actions={<Button onClick={() => view.search.set('')}>Clear search</Button>}
        >
          No match for “{view.search.query}” among {machinesInWords(countRows(rows))}.
          {!view.includeDeleted && !onlyDeleted && ' Deleted machines are hidden.'}
        </EmptyState>
      )}
      {found.length > 0 && (
        <MachineTable
          label={`Machines of ${what}`}
          rows={found}
          sort={view.sort}
          stale={stale}
          deleted={onlyDeleted}
          everyGroup={everyGroup}
          isTyping={view.search.query !== view.search.settled}
          onSort={view.sortBy}
          selection={selection}
        />
      )}
      {/* Floats above the end of the page, so that no row moves when it appears or disappears. */}
      <div className="pointer-events-none sticky bottom-3 z-10 print:static grid gap-2 *:pointer-events-auto *:first:mt-3.5">
        {query.isRefetchError && query.error !== null && (
          <RefreshProblem error={query.error} queryKey={queryKey} floating />
        )}
        {searching && <SearchNotes search={view.search} rows={rows} found={found.length} />}
        {machines && <SelectionBar selection={selection} rows={rows} found={found} />}
      </div>
      {machines && (
        <footer className="flex justify-end py-2.5 text-xs text-muted">
          <PollControl queryKey={queryKey} />
        </footer>
      )}
    </>
  )
}

/** How many machines the list has, and how many of them the search shows. */
function Counts({ machines, shown }: { machines: readonly MachineRow[]; shown: number }) {
  const { machines: count, running, deleted } = countRows(machines)
  const words = [
    countOf(count, 'machine'),
    `${running} running`,
    deleted > 0 && `plus ${deleted} deleted`,
    shown < machines.length && `${shown} shown`,
  ]
  return <span className="shrink-0 text-xs text-muted">{words.filter(Boolean).join(', ')}</span>
}

function ListSkeleton() {
  return (
    <div
      role="status"
      className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface"
    >
      <span className="sr-only">Loading the machines…</span>
      <div aria-hidden className="h-8.5 bg-raised" />
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
