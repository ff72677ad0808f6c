import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import { isNotFound, queryClient } from '../../api/query-client.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import { NewPassword } from '../../components/new-password.tsx'
import { OperationNotice } from '../../components/actions/operation-notice.tsx'
import { PowerBar } from '../../components/actions/power-bar.tsx'
import { WholeMachine } from '../../components/actions/whole-machine.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { PollControl } from '../../components/page/poll-control.tsx'
import { RefreshProblem } from '../../components/page/refresh-problem.tsx'
import { StateBadge } from '../../components/machine/state-badge.tsx'
import { usePoller } from '../../components/page/use-poller.ts'
import { useStale } from '../../components/page/use-stale.ts'
import { WaitingTag } from '../../components/machine/waiting-tag.tsx'
import { links, type GroupRef } from '../../lib/links.ts'
import { formatClock } from '../../lib/times.ts'
import { usePlanOn } from '../../operations/plans/use-plans.ts'
import { powerSentence, stateOf } from '../../operations/state.ts'
import { useRunning } from '../../operations/use-operations.ts'
import { announce } from '../../ui/live-region.tsx'
import { Notice } from '../../ui/notice.tsx'
import { part } from '../../ui/part.tsx'
import { LookElsewhere } from './look-elsewhere.tsx'
import { NoMachine } from './no-machine.tsx'
import { PowerOutlook } from './power-outlook.tsx'
import { PutBack } from './put-back.tsx'
import { Renamed } from './renamed.tsx'
import { Resolving } from './resolving.tsx'
import { TabLinks, useTab } from './tabs.tsx'
import { useFollowChange } from './use-follow-change.ts'

const PlanPanel = part(async () => (await import('../plan/plan-panel.tsx')).PlanPanel, { onDemand: true })

interface Props {
  group: GroupRef
  id: number
  /** What the URL calls it. */
  named: string
}

/** One machine, read anew every few seconds, by its id. */
export function Machine({ group, id, named }: Props) {
  const options = machineQueries.detail(group, id)
  const detail = useQuery(options)
  const operation = useRunning(id)
  const plan = usePlanOn(id)
  const shownByPlan =
    plan?.phase === 'running' && operation?.plan === plan.key && operation.phase === 'waiting'
  const tab = useTab()
  const navigate = useNavigate()
  useFollowChange(group, id, named)
  usePoller(JSON.stringify(options.queryKey), () =>
    queryClient.query({ ...options, staleTime: 0, retry: false }),
  )
  const stale = useStale(options.queryKey, detail.isRefetchError)
  const word = detail.data && stateOf(detail.data.vm, detail.data.creating, operation).word
  useAnnounced(detail.data && word && `${detail.data.vm.name}: ${word}`)

  if (detail.isLoadingError) {
    return (
      <NoMachine group={group} named={named} error={detail.error} onRetry={() => void detail.refetch()} />
    )
  }
  if (detail.data === undefined) return <Resolving named={named} />
  const { vm, creating } = detail.data
  return (
    <>
      <PageTitle parts={[vm.name, group.group]} failed={detail.isError} />
      <div className="mb-0.5 flex min-h-7 items-center gap-x-2">
        <nav aria-label="Breadcrumb" className="min-w-0 flex-1 text-xs text-muted wrap-anywhere">
          <Link to={links.account(group.account)} className="hover:underline">
            {group.account}
          </Link>
          {' / '}
          <Link to={links.machines(group)} className="hover:underline">
            {group.group}
          </Link>
        </nav>
        <PollControl queryKey={options.queryKey} />
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <PageHeading>{vm.name}</PageHeading>
        <span className="text-lg">
          <StateBadge vm={vm} creating={creating} operation={operation} stale={stale} />
        </span>
        <WaitingTag account={group.account} id={id} whole />
        {stale && <span className="text-muted">as of {formatClock(detail.dataUpdatedAt)}</span>}
        <span className="flex-1" />
        <WholeMachine group={group} machine={detail.data} />
      </div>
      <p className="mt-1.5 text-xs text-muted">
        {powerSentence(vm)} <PutBack id={id} vm={vm} />
      </p>
      <PowerOutlook vm={vm} />
      <NewPassword group={group} name={vm.name} />
      <Renamed group={group} named={named} vm={vm} />
      <PowerBar group={group} machine={detail.data} />
      <div className="mb-4 grid gap-3 empty:hidden">
        {detail.isRefetchError && <RefreshProblem error={detail.error} queryKey={options.queryKey} />}
        {detail.isRefetchError && isNotFound(detail.error) && (
          <Notice
            role="status"
            title={`It was moved from ${group.group}, is gone for good, or is not yours to see`}
            actions={<LookElsewhere group={group} name={vm.name} />}
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

/** Has a screen reader say what has changed; not what was there at first. */
function useAnnounced(sentence: string | undefined): void {
  const before = useRef<string>(undefined)
  useEffect(() => {
    if (before.current !== undefined && sentence !== undefined && before.current !== sentence)
      announce(sentence)
    before.current = sentence
  }, [sentence])
}
