import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { accountOverviewKey, accountQueries, type Account } from '../../api/accounts.ts'
import { queryClient } from '../../api/query-client.ts'
import { Notice } from '../../ui/notice.tsx'
import { subscribeUpdates } from '../../components/page/updated-at.tsx'

const EVERY_MS = 5 * 60_000

/** On every page of an account that is suspended: says so. Takes the account as the URL has it, by name or id. */
export function SuspendedBanner({ account }: { account: string }) {
  const list = useQuery({ ...accountQueries.list(), refetchInterval: EVERY_MS })
  // The overview's page reads it every few seconds, and says it, too.
  const overview = useSyncExternalStore(subscribeUpdates, () =>
    queryClient.getQueryState<Account>(accountOverviewKey(account)),
  )
  const listed = list.data?.find(({ id, name }) => name === account || String(id) === account)
  const newest =
    (overview?.dataUpdatedAt ?? 0) > list.dataUpdatedAt ? overview?.data : (listed ?? overview?.data)
  if (!newest?.suspended) return null
  return (
    <Notice tone="warn" role="status" title={`The account ${newest.name} is suspended`} className="mb-4">
      BigV may refuse what you ask for here. Whoever runs this cluster can tell why.
    </Notice>
  )
}
