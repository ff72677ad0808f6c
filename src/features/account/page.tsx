import { useQuery } from '@tanstack/react-query'
import { Link, useParams, type LoaderFunctionArgs } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { isNotFound, queryClient } from '../../api/query-client.ts'
import { PollControl, RefreshProblem, useStale } from '../../components/page/freshness.tsx'
import { LoadFailure } from '../../components/page/load-failure.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { startedByLoader, usePolling } from '../../components/page/polling.ts'
import { links } from '../../lib/links.ts'
import { formatClock } from '../../lib/times.ts'
import { currentSession } from '../../session/session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { GroupList } from './group-list.tsx'
import { TotalsBar } from './totals-bar.tsx'
import { accountTotals } from './totals.ts'

/** Starts the fetch while the page's code is still loading. */
export function loader({ params }: LoaderFunctionArgs) {
  if (currentSession().credentials === null) return null
  void queryClient.query(accountQueries.overview(params['account'] ?? '')).catch(() => {})
  return null
}

export function Component() {
  const { account = '' } = useParams()
  return <Overview key={account} account={account} />
}

/** An account's machines and what they take, by group. */
function Overview({ account }: { account: string }) {
  const options = accountQueries.overview(account)
  const overview = useQuery({
    ...options,
    ...usePolling(options.queryKey),
    ...startedByLoader,
    select: accountTotals,
  })
  const stale = useStale(options.queryKey, overview.isRefetchError)
  const totals = overview.data

  return (
    <>
      <PageTitle parts={[account]} failed={overview.isError} />
      <p className="mb-1 text-xs text-muted">Account</p>
      <div className="mb-4 flex flex-wrap items-baseline gap-x-3">
        <PageHeading>{account}</PageHeading>
        {stale && <span className="text-muted">as of {formatClock(overview.dataUpdatedAt)}</span>}
        <span className="flex-1" />
        <Link to={links.allMachines(account)} className={buttonClass({ size: 'small' })}>
          All machines
        </Link>
        <Link to={links.accountPrivileges(account)} className={buttonClass({ size: 'small' })}>
          Privileges
        </Link>
      </div>
      {overview.isRefetchError && <RefreshProblem error={overview.error} queryKey={options.queryKey} />}
      {overview.isPending && (
        <p role="status" className="flex items-center gap-2 text-muted">
          <Spinner /> The overview of {account} is being read…
        </p>
      )}
      {overview.isLoadingError && (
        <LoadFailure
          what={isNotFound(overview.error) ? `The account ${account}` : `The overview of ${account}`}
          error={overview.error}
          onRetry={() => void overview.refetch()}
        />
      )}
      {totals && (
        <div className={stale ? 'grayscale' : undefined}>
          <TotalsBar totals={totals.all} />
          <GroupList account={account} groups={totals.groups} all={totals.all} />
        </div>
      )}
      {overview.data && (
        <footer className="flex justify-end py-2.5 text-xs text-muted">
          <PollControl queryKey={options.queryKey} />
        </footer>
      )}
    </>
  )
}
