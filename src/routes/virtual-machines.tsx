import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, Plus, Server, Trash2 } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { Link, useParams, type LoaderFunctionArgs, type ShouldRevalidateFunctionArgs } from 'react-router'
import { queryClient } from '../api/query-client.ts'
import { machineQueries } from '../api/virtual-machines.ts'
import { SearchBox } from '../components/machine-search/search-box.tsx'
import { SearchTerms } from '../components/machine-search/search-terms.tsx'
import { useFound } from '../components/machine-search/use-found.ts'
import { bulkActions } from '../components/bulk/bulk-actions.tsx'
import { MachineTable } from '../components/machine-table/machine-table.tsx'
import { ListFooter } from '../components/machine-table/list-footer.tsx'
import { ListSkeleton } from '../components/machine-table/list-skeleton.tsx'
import { SelectionBar } from '../components/machine-table/selection-bar.tsx'
import { keepOnly, selectionOf } from '../components/machine-table/selection.ts'
import { sortRows } from '../components/machine-table/sorting.ts'
import { TableTools } from '../components/machine-table/table-tools.tsx'
import { useOverview } from '../components/machine-table/use-overview.ts'
import { useAnnouncedChanges } from '../components/machine-table/use-announced-changes.ts'
import { useListView } from '../components/machine-table/use-list-view.ts'
import { LoadFailure } from '../components/shell/load-failure.tsx'
import { PageHeading } from '../components/shell/page-heading.tsx'
import { PageTitle } from '../components/shell/page-title.tsx'
import { RefreshProblem } from '../components/shell/refresh-problem.tsx'
import { usePoller } from '../components/use-poller.ts'
import { useStale } from '../components/use-stale.ts'
import { links, type GroupRef } from '../lib/links.ts'
import { formatClock } from '../lib/times.ts'
import { currentSession } from '../session/session.ts'
import { rememberGroup } from '../session/last-group.ts'
import { buttonClass } from '../ui/button-class.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SwitchField } from '../ui/switch-field.tsx'

/** Starts the reading while the page is still on its way; the page itself waits for it. */
export function loader({ params, request }: LoaderFunctionArgs) {
  if (currentSession().credentials === null) return null
  const includeDeleted = new URL(request.url).searchParams.has('deleted')
  void queryClient.query(machineQueries.list(refOf(params), includeDeleted)).catch(() => {})
  return null
}

/** Searching and sorting change the URL, but not what is to be read. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) {
  return (
    currentUrl.pathname !== nextUrl.pathname ||
    currentUrl.searchParams.has('deleted') !== nextUrl.searchParams.has('deleted')
  )
}

export function Component() {
  const { account = '', group = '' } = useParams()
  const ref = useMemo(() => ({ account, group }), [account, group])
  // Another group is another page: its own poller, its own search.
  return <Machines key={`${account}/${group}`} group={ref} />
}

function Machines({ group }: { group: GroupRef }) {
  const view = useListView()
  const options = machineQueries.list(group, view.includeDeleted)
  // The loader has begun the reading, well or not, and the poller goes on.
  const list = useQuery({ ...options, refetchOnMount: false, retryOnMount: false })
  const overview = useOverview(group, list.data)
  usePoller(JSON.stringify(options.queryKey), () =>
    queryClient.query({ ...options, staleTime: 0, retry: false }),
  )
  const stale = useStale(list.dataUpdatedAt, list.isRefetchError)
  useAnnouncedChanges(list.data)
  useEffect(() => rememberGroup(group.account, group.group), [group.account, group.group])

  const rows = useMemo(
    () =>
      sortRows(
        (list.data ?? [])
          .filter((vm) => !view.onlyDeleted || vm.deleted)
          .map((vm) => ({
            group,
            vm,
            address: overview?.[vm.id]?.address,
            discs: overview?.[vm.id]?.discs,
          })),
        view.sort,
      ),
    [list.data, overview, view.sort, view.onlyDeleted, group],
  )
  const selection = selectionOf(`${group.account}/${group.group}${view.onlyDeleted ? '/deleted' : ''}`)
  useEffect(() => {
    if (list.data) keepOnly(selection, new Set(rows.map(({ vm }) => vm.id)))
  }, [list.data, rows, selection])
  const found = useFound(rows, view.search.query)

  return (
    <>
      <PageTitle parts={view.onlyDeleted ? ['Deleted', group.group] : [group.group]} failed={list.isError} />
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="mb-1 text-xs text-muted">{group.account}</p>
          <div className="flex flex-wrap items-baseline gap-x-3">
            <PageHeading>{view.onlyDeleted ? `Deleted in ${group.group}` : group.group}</PageHeading>
            {stale && <span className="text-muted">as of {formatClock(list.dataUpdatedAt)}</span>}
          </div>
        </div>
        <Link to={links.create(group)} className={buttonClass({ variant: 'primary' })}>
          <Plus size={16} aria-hidden />
          Create machine
        </Link>
      </div>
      <div className="mt-4 mb-2.5 flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchBox search={view.search} rows={rows} />
        {view.onlyDeleted ? (
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
        <TableTools />
      </div>
      <SearchTerms search={view.search} rows={rows} found={found.length} />
      {view.onlyDeleted && rows.length > 0 && (
        <p className="mb-2.5 max-w-prose text-muted">
          They can be restored for a time that BigV does not publish. Until they are purged they hold their
          names and addresses.
        </p>
      )}
      {list.isRefetchError && <RefreshProblem error={list.error} updatedAt={list.dataUpdatedAt} />}
      {list.isPending && <ListSkeleton />}
      {list.isLoadingError && (
        <LoadFailure
          what={`The machines of ${group.group}`}
          error={list.error}
          onRetry={() => void list.refetch()}
          actions={
            <Link to={links.account(group.account)} className={buttonClass()}>
              Other groups
            </Link>
          }
        />
      )}
      {list.data && rows.length === 0 && !view.onlyDeleted && (
        <EmptyGroup group={group} includeDeleted={view.includeDeleted} />
      )}
      {list.data && rows.length === 0 && view.onlyDeleted && (
        <EmptyState icon={<Trash2 size={32} />} title="No deleted machines">
          The group {group.group} has none to restore or to purge.
        </EmptyState>
      )}
      {rows.length > 0 && found.length === 0 && (
        <EmptyState
          title="No machine matches"
          actions={<Button onClick={() => view.search.set('')}>Clear the search</Button>}
        >
          None of {rows.length} fits “{view.search.query}”.
        </EmptyState>
      )}
      {found.length > 0 && (
        <MachineTable
          label={`Machines of ${group.group}`}
          rows={found}
          sort={view.sort}
          stale={stale}
          deleted={view.onlyDeleted}
          onSort={view.sortBy}
          selection={selection}
        />
      )}
      {list.data && (
        <SelectionBar selection={selection} rows={rows} found={found} actions={bulkActions(selection)} />
      )}
      {list.data && <ListFooter machines={list.data} shown={found.length} updatedAt={list.dataUpdatedAt} />}
    </>
  )
}

function EmptyGroup({ group, includeDeleted }: { group: GroupRef; includeDeleted: boolean }) {
  return (
    <EmptyState
      icon={<Server size={32} />}
      title="No machines here"
      actions={
        <Link to={links.create(group)} className={buttonClass({ variant: 'primary' })}>
          Create the first one
        </Link>
      }
    >
      {includeDeleted
        ? `The group ${group.group} has none, deleted or not.`
        : `The group ${group.group} has none, or only deleted ones.`}
    </EmptyState>
  )
}

function refOf({ account = '', group = '' }: LoaderFunctionArgs['params']): GroupRef {
  return { account, group }
}
