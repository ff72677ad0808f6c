import { useQuery } from '@tanstack/react-query'
import { accountQueries, type Account } from '../../api/accounts.ts'
import { useQueryState } from '../../components/page/freshness.tsx'
import { Notice } from '../../ui/notice.tsx'

const EVERY_MS = 5 * 60_000

/** On every page of an account that is suspended: says so. Takes the account as the URL has it, by name or id. */
export function SuspendedBanner({ account }: { account: string }) {
  const list = useQuery({ ...accountQueries.list(), refetchInterval: EVERY_MS })
  // The account's page polls its overview, and is the first to know.
  const overview = useQueryState(accountQueries.overview(account).queryKey, (state) => state)
  const overviewed = overview?.data as Account | undefined
  const listed = list.data?.find(({ id, name }) => name === account || String(id) === account)
  const newest = (overview?.dataUpdatedAt ?? 0) > list.dataUpdatedAt ? overviewed : (listed ?? overviewed)
  if (!newest?.suspended) return null
  return (
    <Notice tone="warn" role="status" title={`The account ${newest.name} is suspended`} className="mb-4">
      BigV may refuse what you ask for here. Whoever runs this cluster can tell why.
    </Notice>
  )
}
