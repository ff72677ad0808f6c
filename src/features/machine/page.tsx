import { useQuery, type QueryKey } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Navigate, useLocation, useNavigate, useParams, type LoaderFunctionArgs } from 'react-router'
import { simpleActionOf } from '../../actions/index.ts'
import { fetchedMachines } from '../../api/accounts.ts'
import { isNotFound, queryClient } from '../../api/query-client.ts'
import { machineQueries, type MachineData, type MachineInGroup } from '../../api/virtual-machines.ts'
import { OperationNotice } from '../../components/actions/operation-notice.tsx'
import { RefusedActions } from '../../components/actions/refused-actions.tsx'
import { useGroupName } from '../../components/groups.tsx'
import { useAnnouncedStates } from '../../components/machine/announced-states.ts'
import { RefreshProblem, useStale } from '../../components/page/freshness.tsx'
import { PageTitle } from '../../components/page/page-heading.tsx'
import { startFetch, usePolling } from '../../components/page/polling.ts'
import { NewPassword } from '../../components/root-password.tsx'
import { useMedia } from '../../lib/browser/use-media.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { isId } from '../../lib/names.ts'
import { usePlanOn } from '../../operations/plan-store.ts'
import { useOperations, useRunning } from '../../operations/store.ts'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Notice } from '../../ui/notice.tsx'
import { FactsStrip } from './facts-strip.tsx'
import { MachineHeader } from './header.tsx'
import { HeaderActions, PhoneActions } from './machine-actions.tsx'
import { Renamed, useFollowChange, useMachineId } from './machine-in-url.tsx'
import { Both, Creating, Fetching, SearchAllGroups, NoMachine, Purged, TabSkeleton } from './no-machine.tsx'
import { useReinstall } from './settings/reinstall.tsx'
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
      return <Fetching group={group} named={named} />
  }
}

const PlanPanel = lazyComponent(async () => (await import('./plan-panel.tsx')).PlanPanel, {
  onDemand: true,
})

/** On a phone, the actions are in a bar at the bottom. */
const PHONE = '(max-width: 39.98rem)'

interface MachineProps {
  group: GroupRef
  id: number
  /** The machine's name or id in the URL. */
  named: string
}

/** The page of one machine. It fetches the machine by id, so that it also works after a rename. */
export function Machine({ group, id, named }: MachineProps) {
  const options = machineQueries.detail(group, id)
  const detail = useQuery({
    ...options,
    ...usePolling(options.queryKey),
    // The header shows at once what a list knows. Actions fetch the machine again before they send anything.
    placeholderData: () => listed(group, id),
  })
  useFollowChange(group, id, named)
  const fetched = detail.isPlaceholderData ? undefined : detail.data
  useAnnouncedStates(useMemo(() => fetched && [fetched], [fetched]))

  if (detail.isLoadingError) return <NoMachine group={group} named={named} query={detail} />
  if (detail.data === undefined) return <Fetching group={group} named={named} />
  const error = detail.isRefetchError ? detail.error : null
  const age = { queryKey: options.queryKey, updatedAt: detail.dataUpdatedAt, error }
  return <Known group={group} named={named} machine={detail.data} fetched={fetched !== undefined} age={age} />
}

interface KnownProps extends MachineInGroup {
  named: string
  /** False while only a list's row of the machine is known. */
  fetched: boolean
  /** `error`: of the last refresh, if it failed. */
  age: { queryKey: QueryKey; updatedAt: number; error: Error | null }
}

function Known({ group, named, machine, fetched, age }: KnownProps) {
  const { queryKey, error } = age
  const { vm } = machine
  const name = useGroupName(group)
  const narrow = useMedia(PHONE)
  const tab = useTab()
  const navigate = useNavigate()
  const stale = useStale(queryKey, error !== null)
  const reinstall = useReinstall({ group, machine })
  const actions = { group, machine, reinstall }
  return (
    <>
      <PageTitle parts={[vm.name, name]} failed={error !== null} />
      <MachineHeader
        group={group}
        machine={machine}
        queryKey={queryKey}
        staleSince={stale ? age.updatedAt : null}
        narrow={narrow}
        actions={!narrow && <HeaderActions {...actions} />}
      />
      <FactsStrip vm={vm} loading={!fetched} queryKey={queryKey} />
      <TabLinks vm={vm} />
      <NewPassword group={group} name={vm.name} />
      <RunningPlan group={group} machine={machine} />
      {fetched ? (
        <tab.Content
          key={tab.name}
          group={group}
          machine={machine}
          onClose={() => void navigate('?', { replace: true })}
        />
      ) : (
        <TabSkeleton />
      )}
      {/* Floats above the end of the page, so that nothing moves when a notice appears or disappears. */}
      <div
        data-notices
        className="pointer-events-none sticky bottom-3 z-10 grid gap-2 *:pointer-events-auto *:first:mt-4 *:shadow-pop max-sm:bottom-18 print:static"
      >
        <Renamed group={group} named={named} vm={vm} />
        {error && <RefreshProblem error={error} queryKey={queryKey} floating />}
        {error && isNotFound(error) && (
          <Notice
            role="status"
            title={`Not found in ${name}: moved, purged, or you don’t have access`}
            actions={<SearchAllGroups group={group} name={vm.name} />}
          />
        )}
        <RefusedActions group={group} machine={machine} />
        <RunningNotice group={group} machine={machine} />
      </div>
      {narrow && <PhoneActions {...actions} />}
      {reinstall.dialog}
    </>
  )
}

/** The machine as a list shows it, if one does. Rows lack discs and addresses, and don't say whether the machine is still being created. */
function listed({ account, group }: GroupRef, id: number): MachineData | undefined {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: ['accounts', account] }))
    for (const { ref, machines, list } of fetchedMachines(query)) {
      const vm = list !== null && ref.group === group && machines.find((each) => each.id === id)
      if (vm) return { vm, creating: false }
    }
  return undefined
}

function RunningPlan(props: MachineInGroup) {
  const plan = usePlanOn(props.machine.vm.id)
  if (plan === undefined) return null
  return (
    <div className="mb-4">
      <PlanPanel plan={plan} {...props} />
    </div>
  )
}

/** The running operation, unless the plan's panel shows it. */
function RunningNotice(props: MachineInGroup) {
  const { id } = props.machine.vm
  const operation = useRunning(id)
  const plan = usePlanOn(id)
  const shownByPlan =
    plan?.phase === 'running' && operation?.plan === plan.key && operation.phase === 'waiting'
  return operation && !shownByPlan ? <OperationNotice operation={operation} {...props} /> : null
}
