import type { QueryKey, UseQueryResult } from '@tanstack/react-query'
import { ArrowLeft, Trash2 } from 'lucide-react'
import { useEffect, useMemo, type ReactNode } from 'react'
import { ExportMenu } from './export/export-menu.tsx'
import { SearchBox } from './search/search-box.tsx'
import { useFound } from './search/use-found.ts'
import { LoadFailure } from '../../components/page/load-failure.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { RefreshProblem } from '../../components/page/refresh-problem.tsx'
import { UpdatedAt } from '../../components/page/updated-at.tsx'
import { useStale } from '../../components/page/use-stale.ts'
import { formatClock } from '../../lib/times.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { SwitchField } from '../../ui/fields/switch-field.tsx'
import { ListFooter } from './list-footer.tsx'
import { ListSkeleton } from './list-skeleton.tsx'
import { MachineTable } from './table/machine-table.tsx'
import type { MachineRow } from './row.ts'
import { keepOnly, selectionOf } from './selection/selection.ts'
import { SelectionBar } from './selection/selection-bar.tsx'
import { sortRows } from './table/sorting.ts'
import { TableTools } from './table/table-tools.tsx'
import { useAnnouncedChanges } from './use-announced-changes.ts'
import type { ListView } from './use-list-view.ts'

const SearchTerms = lazyComponent(async () => (await import('./search/search-terms.tsx')).SearchTerms)

interface Props {
  /** Which list it is: its selection is its own. */
  list: string
  /** What it is of, above its heading: the account. */
  account: string
  heading: string
  /** What it lists, for a sentence: "The group web". */
  what: string
  /** What can be done beside the heading. */
  actions: ReactNode
  view: ListView
  /** What it is read by. Of the result only what an unchanged refresh leaves as it is, which then draws nothing here. */
  queryKey: QueryKey
  machine: Pick<
    UseQueryResult,
    'error' | 'isError' | 'isPending' | 'isLoadingError' | 'isRefetchError' | 'refetch'
  >
  /** All that was read, in any order; undefined until then. Machines that have not changed are the same objects. */
  machines: readonly MachineRow[] | undefined
  everyGroup?: boolean
  /** Where to go when it cannot be read, and what there is to do when it is empty. */
  elsewhere?: ReactNode
  empty: ReactNode
}

/** A page of machines: the search, the table, what is selected, and how old it all is. */
export function MachineList(props: Props) {
  const {
    list,
    account,
    heading,
    what,
    actions,
    view,
    queryKey,
    machine,
    machines,
    everyGroup = false,
  } = props
  const { onlyDeleted } = view
  const stale = useStale(queryKey, machine.isRefetchError)
  useAnnouncedChanges(machines)

  const { by, descending } = view.sort
  // To sort ten thousand takes 40 ms, each time that the page is drawn; so it does where a caller makes `machines` anew each time.
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
  const found = useFound(rows, view.search.query)

  return (
    <>
      <PageTitle parts={onlyDeleted ? ['Deleted', heading] : [heading]} failed={machine.isError} />
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="mb-1 text-xs text-muted">{account}</p>
          <div className="flex flex-wrap items-baseline gap-x-3">
            <PageHeading>{onlyDeleted ? `Deleted in ${heading}` : heading}</PageHeading>
            {stale && (
              <UpdatedAt queryKey={queryKey}>
                {(at) => <span className="text-muted">as of {formatClock(at)}</span>}
              </UpdatedAt>
            )}
          </div>
        </div>
        {actions}
      </div>
      <div className="mt-4 mb-2.5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchBox search={view.search} rows={rows} />
        {onlyDeleted ? (
          <Button onClick={() => view.setOnlyDeleted(false)}>
            <ArrowLeft size={15} aria-hidden />
            Back to the others
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
        <span className="flex flex-wrap items-center gap-1.5">
          <ExportMenu
            of={[account, everyGroup ? 'all' : heading, ...(onlyDeleted ? ['deleted'] : [])]}
            rows={found}
            everyGroup={everyGroup}
          />
          <TableTools everyGroup={everyGroup} />
        </span>
      </div>
      {/* From the first letter on, so that it sees the search that is settled next: its code is not of the first view. */}
      {(view.search.query !== '' || view.search.settled !== '') && (
        <SearchTerms search={view.search} rows={rows} found={found.length} />
      )}
      {onlyDeleted && rows.length > 0 && (
        <p className="mb-2.5 max-w-prose text-muted">
          They can be restored for a time that BigV does not publish. Until they are purged they hold their
          names and addresses.
        </p>
      )}
      {machine.isPending && <ListSkeleton />}
      {machine.isLoadingError && machine.error && (
        <LoadFailure
          what={`The machines of ${what}`}
          error={machine.error}
          onRetry={() => void machine.refetch()}
          actions={props.elsewhere}
        />
      )}
      {machines && rows.length === 0 && !onlyDeleted && props.empty}
      {machines && rows.length === 0 && onlyDeleted && (
        <EmptyState icon={<Trash2 size={32} />} title="No deleted machines">
          {everyGroup ? `The account ${account}` : `The group ${what}`} has none.
        </EmptyState>
      )}
      {rows.length > 0 && found.length === 0 && (
        <EmptyState
          title="No machine matches"
          actions={<Button onClick={() => view.search.set('')}>Clear the search</Button>}
        >
          None of {rows.length} fits “{view.search.query}”.
          {!view.includeDeleted && !onlyDeleted && ' Deleted machines are not shown.'}
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
          onSort={view.sortBy}
          selection={selection}
        />
      )}
      {/* Above the end of the page, where it moves no row when it comes and goes. */}
      <div className="pointer-events-none sticky bottom-3 z-10 grid gap-2 *:pointer-events-auto *:first:mt-3.5">
        {machine.isRefetchError && machine.error !== null && (
          <RefreshProblem error={machine.error} queryKey={queryKey} floating />
        )}
        {machines && <SelectionBar selection={selection} rows={rows} found={found} />}
      </div>
      {machines && <ListFooter machines={machines} shown={found.length} queryKey={queryKey} />}
    </>
  )
}
