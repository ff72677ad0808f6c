import { useQuery } from '@tanstack/react-query'
import { FolderOpen } from 'lucide-react'
import { useMemo } from 'react'
import { Link, useParams, type LoaderFunctionArgs } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { queryClient } from '../../api/query-client.ts'
import { overviewed } from '../../api/virtual-machines.ts'
import { groupRef } from '../machine-list/group-ref.ts'
import { MachineList } from '../machine-list/machine-list.tsx'
import { useListView } from '../machine-list/use-list-view.ts'
import { usePoller } from '../../components/page/use-poller.ts'
import { links } from '../../lib/links.ts'
import { currentSession } from '../../session/session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

export { shouldRevalidate } from './group-page.tsx'

/** Starts the reading while the page is still on its way; the page itself waits for it. */
export function loader({ params, request }: LoaderFunctionArgs) {
  if (currentSession().credentials === null) return null
  const includeDeleted = new URL(request.url).searchParams.has('deleted')
  void queryClient.query(accountQueries.machines(params['account'] ?? '', includeDeleted)).catch(() => {})
  return null
}

export function Component() {
  const { account = '' } = useParams()
  return <AllMachines key={account} account={account} />
}

/** The machines of every group of an account, which one request reads. */
function AllMachines({ account }: { account: string }) {
  const view = useListView()
  const options = accountQueries.machines(account, view.includeDeleted)
  // The loader has begun the reading, well or not, and the poller goes on.
  const machine = useQuery({ ...options, refetchOnMount: false, retryOnMount: false })
  usePoller(JSON.stringify(options.queryKey), () =>
    queryClient.query({ ...options, staleTime: 0, retry: false }),
  )
  // Made anew each time that the page is drawn, they would be sorted anew: 40 ms with ten thousand.
  const machines = useMemo(
    () =>
      machine.data?.flatMap(({ name, machines }) => {
        const group = groupRef(account, name)
        return machines.map((vm) => ({ group, vm, ...overviewed(vm) }))
      }),
    [machine.data, account],
  )
  const overview = (
    <Link to={links.account(account)} className={buttonClass()}>
      Overview
    </Link>
  )
  return (
    <MachineList
      everyGroup
      list={account}
      account={account}
      heading="All machines"
      what={account}
      actions={overview}
      view={view}
      queryKey={options.queryKey}
      machine={machine}
      machines={machines}
      elsewhere={overview}
      empty={
        <EmptyState icon={<FolderOpen size={32} />} title="No machines here" actions={overview}>
          {view.includeDeleted
            ? `The account ${account} has none in any group, deleted or not.`
            : `The account ${account} has none in any group, or only deleted ones.`}
        </EmptyState>
      }
    />
  )
}
