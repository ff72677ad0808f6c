import { useQuery } from '@tanstack/react-query'
import { Plus, Server } from 'lucide-react'
import { useLayoutEffect, useMemo, useState } from 'react'
import { Link, useParams, type LoaderFunctionArgs, type ShouldRevalidateFunctionArgs } from 'react-router'
import { failedJustNow, queryClient } from '../../api/query-client.ts'
import { machineQueries } from '../../api/virtual-machines.ts'
import { MachineList } from '../machine-list/machine-list.tsx'
import { useOverview } from '../machine-list/use-overview.ts'
import { useListView } from '../machine-list/use-list-view.ts'
import { usePoller } from '../../components/page/use-poller.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { currentSession } from '../../session/session.ts'
import { rememberGroup } from '../../session/last-used.ts'
import { buttonClass } from '../../ui/button-class.ts'
import { EmptyState } from '../../ui/empty-state.tsx'

/** Starts the reading while the page is still on its way; the page itself waits for it. */
export function loader({ params, request }: LoaderFunctionArgs) {
  if (currentSession().credentials === null) return null
  const includeDeleted = new URL(request.url).searchParams.has('deleted')
  const options = machineQueries.list(refOf(params), includeDeleted)
  // The first reading of all may have ended by now, before this code had come.
  if (!failedJustNow(options.queryKey)) void queryClient.query(options).catch(() => {})
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
  // Another group is another page: its own poller, its own search.
  return <Machines key={`${account}/${group}`} of={{ account, group }} />
}

/** The machines of a group. */
function Machines({ of }: { of: GroupRef }) {
  // The same object for as long as the page is there: a row is drawn anew when its group is another one.
  const [group] = useState(of)
  const view = useListView()
  const options = machineQueries.list(group, view.includeDeleted)
  // The loader has begun the reading, well or not, and the poller goes on.
  const machine = useQuery({ ...options, refetchOnMount: false, retryOnMount: false })
  const overview = useOverview(group, machine.data)
  usePoller(JSON.stringify(options.queryKey), () =>
    queryClient.query({ ...options, staleTime: 0, retry: false }),
  )
  useLayoutEffect(() => rememberGroup(group.account, group.group), [group.account, group.group])
  // Made anew each time that the page is drawn, they would be sorted anew: 40 ms with ten thousand.
  const machines = useMemo(
    () =>
      machine.data?.map((vm) => ({
        group,
        vm,
        address: overview?.[vm.id]?.address,
        further: overview?.[vm.id]?.further,
        discs: overview?.[vm.id]?.discs,
      })),
    [machine.data, overview, group],
  )
  return (
    <MachineList
      list={`${group.account}/${group.group}`}
      account={group.account}
      heading={group.group}
      what={group.group}
      actions={
        <Link to={links.create(group)} className={buttonClass({ variant: 'primary' })}>
          <Plus size={16} aria-hidden />
          Create machine
        </Link>
      }
      view={view}
      queryKey={options.queryKey}
      machine={machine}
      machines={machines}
      elsewhere={
        <Link to={links.account(group.account)} className={buttonClass()}>
          Other groups
        </Link>
      }
      empty={<EmptyGroup group={group} includeDeleted={view.includeDeleted} />}
    />
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
