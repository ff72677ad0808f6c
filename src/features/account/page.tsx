import { useQuery } from '@tanstack/react-query'
import { Link, useParams, type LoaderFunctionArgs } from 'react-router'
import { accountOverviewQuery } from '../../api/account-overview.ts'
import { isNotFound, queryClient } from '../../api/query-client.ts'
import { LoadFailure } from '../../components/page/load-failure.tsx'
import { PageHeading } from '../../components/page/page-heading.tsx'
import { PageTitle } from '../../components/page/page-title.tsx'
import { PollControl } from '../../components/page/poll-control.tsx'
import { RefreshProblem } from '../../components/page/refresh-problem.tsx'
import { usePoller } from '../../components/page/use-poller.ts'
import { useStale } from '../../components/page/use-stale.ts'
import { links } from '../../lib/links.ts'
import { formatClock } from '../../lib/times.ts'
import { currentSession } from '../../session/session.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { GroupList } from './group-list.tsx'
import { TotalsBar } from './totals-bar.tsx'
import { accountTotals } from './totals.ts'

/** Starts the reading while the page is still on its way; the page itself waits for it. */
export function loader({ params }: LoaderFunctionArgs) {
  if (currentSession().credentials === null) return null
  void queryClient.query(accountOverviewQuery(params['account'] ?? '')).catch(() => {})
  return null
}

export function Component() {
  const { account = '' } = useParams()
  return <Overview key={account} account={account} />
}

/** All that an account has: its machines and what they take, group by group. */
function Overview({ account }: { account: string }) {
  const options = accountOverviewQuery(account)
  // The loader has begun the reading, well or not, and the poller goes on.
  const overview = useQuery({ ...options, refetchOnMount: false, retryOnMount: false })
  usePoller(JSON.stringify(options.queryKey), () =>
    queryClient.query({ ...options, staleTime: 0, retry: false }),
  )
  const stale = useStale(options.queryKey, overview.isRefetchError)
  const totals = overview.data && accountTotals(overview.data)

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
