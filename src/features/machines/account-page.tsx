import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link, replace, useParams, type LoaderFunctionArgs } from 'react-router'
import { accountQueries, machinesOf } from '../../api/accounts.ts'
import { queryClient } from '../../api/query-client.ts'
import { overviewSummary } from '../../api/virtual-machines.ts'
import { startedByLoader, startFetch, usePolling } from '../../components/page/polling.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { buttonClass } from '../../ui/button.tsx'
import { useListView, viewReady, withoutOldParameter } from '../machine-list/list-view.ts'
import { MachineList } from '../machine-list/machine-list.tsx'

export { shouldRevalidate } from './group-page.tsx'

export function loader({ params: { account = '' }, request }: LoaderFunctionArgs) {
  const current = withoutOldParameter(new URL(request.url))
  if (current !== null) return replace(current)
  startFetch(() => queryClient.query(accountQueries.overview(account)))
  return viewReady(request.url)
}

export function Component() {
  const { account = '' } = useParams()
  return <AllMachines key={account} account={account} />
}

function AllMachines({ account }: { account: string }) {
  const view = useListView()
  const options = accountQueries.overview(account)
  const query = useQuery({
    ...options,
    ...usePolling(options.queryKey),
    ...startedByLoader,
    select: machinesOf,
  })
  // This is memoised, because a new array would be sorted again, which takes 40 ms for ten thousand machines.
  const machines = useMemo(
    () =>
      query.data?.map(({ group, vm }) => ({ group: groupRef(account, group), vm, ...overviewSummary(vm) })),
    [query.data, account],
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
      view={view}
      queryKey={options.queryKey}
      query={query}
      machines={machines}
      elsewhere={overview}
      whenEmpty={overview}
    />
  )
}

const groups = new Map<string, Map<string, GroupRef>>()

/** Returns the same object for a group each time: a new object would re-render the group's rows. */
function groupRef(account: string, group: string): GroupRef {
  const known = groups.get(account) ?? new Map<string, GroupRef>()
  groups.set(account, known)
  const ref = known.get(group) ?? { account, group }
  known.set(group, ref)
  return ref
}
