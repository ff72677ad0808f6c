import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link, Navigate, useLocation, useNavigate, useParams, type LoaderFunctionArgs } from 'react-router'
import { simpleActionOf } from '../../actions/index.ts'
import { isNotFound, queryClient } from '../../api/query-client.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import { OperationNotice } from '../../components/actions/operation-notice.tsx'
import { useGroupName } from '../../components/groups.tsx'
import { useAnnouncedStates } from '../../components/machine/announced-states.ts'
import { StateBadge, WaitingTag } from '../../components/machine/state-badge.tsx'
import { PollControl, RefreshProblem, useStale } from '../../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { startFetch, usePolling } from '../../components/page/polling.ts'
import { NewPassword } from '../../components/root-password.tsx'
import { links, type GroupRef } from '../../lib/links.ts'
import { isId } from '../../lib/names.ts'
import { formatWhen } from '../../lib/times.ts'
import { usePlanOn } from '../../operations/plan-store.ts'
import { useOperations, useRunning } from '../../operations/store.ts'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PowerBar, LifecycleButtons } from './machine-actions.tsx'
import { Renamed, useFollowChange, useMachineId } from './machine-in-url.tsx'
import { Both, Creating, Fetching, SearchAllGroups, NoMachine, Purged } from './no-machine.tsx'
import { PowerState } from './power-state.tsx'
import { TabLinks, useTab } from './tabs.tsx'

export function loader({ params: { account = '', group = '', vm = '' } }: LoaderFunctionArgs) {
  const ref = { account, group }
  return startFetch(() =>
    isId(vm)
      ? queryClient.query(machineQueries.detail(ref, Number(vm)))
      : queryClient.query(machineQueries.named(ref, vm)),
  )
}

export function Component() {
  const { account = '', group = '', vm = '' } = useParams()
  return <MachinePage key={`${account}/${group}/${vm}`} group={{ account, group }} named={vm} />
}

function MachinePage({ group, named }: { group: GroupRef; named: string }) {
  const resolved = useMachineId(group, named)
  const { search } = useLocation()
  const id = resolved.is === 'known' ? resolved.id : null
  const purge = useOperations().findLast(
    ({ action, outcome, target }) =>
      target.id === id && outcome === 'done' && simpleActionOf(action)?.isAchieved?.(null),
  )
  if (purge !== undefined) return <Purged group={group} purge={purge} />
  switch (resolved.is) {
    case 'known':
      return <Machine group={group} id={resolved.id} named={named} />
    case 'named':
      return <Navigate replace to={links.machine(group, resolved.id) + search} />
    case 'both':
      return <Both group={group} named={named} byId={resolved.byId} byName={resolved.byName} />
    case 'creating':
      return <Creating operation={resolved.operation} group={group} />
    case 'failed':
      return <NoMachine group={group} named={named} query={resolved} />
    case 'fetching':
      return <Fetching named={named} />
  }
}

const PlanPanel = lazyComponent(async () => (await import('./plan-panel.tsx')).PlanPanel, {
  onDemand: true,
})

interface MachineProps {
  group: GroupRef
  id: number
  /** The machine's name or id in the URL. */
  named: string
}

/** The page of one machine. It fetches the machine by id, so that it also works after a rename. */
export function Machine({ group, id, named }: MachineProps) {
  const options = machineQueries.detail(group, id)
  const detail = useQuery({ ...options, ...usePolling(options.queryKey) })
  const operation = useRunning(id)
  const plan = usePlanOn(id)
  const shownByPlan =
    plan?.phase === 'running' && operation?.plan === plan.key && operation.phase === 'waiting'
  const tab = useTab()
  const name = useGroupName(group)
  const navigate = useNavigate()
  useFollowChange(group, id, named)
  const stale = useStale(options.queryKey, detail.isRefetchError)
  useAnnouncedStates(useMemo(() => detail.data && [detail.data], [detail.data]))

  if (detail.isLoadingError) return <NoMachine group={group} named={named} query={detail} />
  if (detail.data === undefined) return <Fetching named={named} />
  const { vm, creating } = detail.data
  return (
    <>
      <PageTitle parts={[vm.name, name]} failed={detail.isError} />
      <div className="mb-0.5 flex min-h-7 items-center gap-x-2">
        <nav
          aria-label="Breadcrumb"
          translate="no"
          className="min-w-0 flex-1 text-xs text-muted wrap-anywhere"
        >
          <Link to={links.account(group.account)} className="hover:underline">
            {group.account}
          </Link>
          {' / '}
          <Link to={links.machines(group)} className="hover:underline">
            {name}
          </Link>
        </nav>
        <PollControl queryKey={options.queryKey} />
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <PageHeading translate="no">{vm.name}</PageHeading>
        <span className="text-lg">
          <StateBadge vm={vm} creating={creating} operation={operation} stale={stale} />
        </span>
        <WaitingTag account={group.account} id={id} whole />
        {stale && <span className="text-muted">as of {formatWhen(detail.dataUpdatedAt)}</span>}
        <span className="flex-1" />
        <LifecycleButtons group={group} machine={detail.data} />
      </div>
      <PowerState group={group} machine={detail.data} />
      <NewPassword group={group} name={vm.name} />
      <Renamed group={group} named={named} vm={vm} />
      <PowerBar group={group} machine={detail.data} />
      <div className="mb-4 grid gap-3 empty:hidden">
        {detail.isRefetchError && <RefreshProblem error={detail.error} queryKey={options.queryKey} />}
        {detail.isRefetchError && isNotFound(detail.error) && (
          <Notice
            role="status"
            title={`Not found in ${name}: moved, purged, or you don’t have access`}
            actions={<SearchAllGroups group={group} name={vm.name} />}
          />
        )}
        {plan && <PlanPanel plan={plan} group={group} machine={detail.data} />}
        {operation && !shownByPlan && (
          <OperationNotice operation={operation} group={group} machine={detail.data} />
        )}
      </div>
      <TabLinks />
      <tab.Content
        key={tab.name}
        group={group}
        machine={detail.data}
        onClose={() => void navigate('?', { replace: true })}
      />
    </>
  )
}
