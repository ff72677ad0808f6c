import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link, useParams, type LoaderFunctionArgs } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { isNotFound, queryClient } from '../../api/query-client.ts'
import { LoadFailure, PollControl, RefreshProblem, useStale } from '../../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { startedByLoader, startFetch, usePolling } from '../../components/page/polling.ts'
import { links } from '../../lib/links.ts'
import { formatWhen } from '../../lib/times.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Figures, FiguresSkeleton } from './figures.tsx'
import { GroupList, GroupListSkeleton } from './group-list.tsx'
import { LatestChanges } from './latest-changes.tsx'
import { NeedsAttention } from './needs-attention.tsx'
import { accountTotals } from './totals.ts'

export function loader({ params: { account = '' } }: LoaderFunctionArgs) {
  return startFetch(() => queryClient.query(accountQueries.overview(account)))
}

export function Component() {
  const { account = '' } = useParams()
  return <Overview key={account} account={account} />
}

/** The account's machines and what they use, by group, what needs attention, and the latest changes. */
function Overview({ account }: { account: string }) {
  const options = accountQueries.overview(account)
  const overview = useQuery({
    ...options,
    ...usePolling(options.queryKey),
    ...startedByLoader,
  })
  const stale = useStale(options.queryKey, overview.isRefetchError)
  const { data } = overview
  const totals = useMemo(() => data && accountTotals(data), [data])

  return (
    <div className="@container">
      <PageTitle parts={[account]} failed={overview.isError} />
      <p className="mb-1 text-xs text-muted">Account</p>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2">
        <PageHeading translate="no">{account}</PageHeading>
        {stale && <span className="text-muted">as of {formatWhen(overview.dataUpdatedAt)}</span>}
        <span className="flex-1" />
        <Link to={links.allMachines(account)} className={buttonClass()}>
          All machines
        </Link>
        <Link to={links.accountPrivileges(account)} className={buttonClass()}>
          Access
        </Link>
      </div>
      {overview.isPending && <OverviewSkeleton account={account} />}
      {overview.isLoadingError && (
        <LoadFailure
          what={isNotFound(overview.error) ? `the account ${account}` : `the overview of ${account}`}
          query={overview}
        />
      )}
      {data && totals && (
        <div className={stale ? 'grayscale' : undefined}>
          <Figures account={account} totals={totals.all} />
          <div className={COLUMNS}>
            <GroupList account={account} groups={totals.groups} all={totals.all} />
            {totals.groups.length > 0 && <NeedsAttention account={account} groups={data.groups} />}
          </div>
          <LatestChanges account={account} />
        </div>
      )}
      {/* Floats above the end of the page, so that nothing moves when it appears or disappears. */}
      {overview.isRefetchError && (
        <div className="sticky bottom-3 z-10 mt-3.5 print:static">
          <RefreshProblem error={overview.error} queryKey={options.queryKey} floating />
        </div>
      )}
      {data && (
        <footer className="flex justify-end py-2.5 text-xs text-muted">
          <PollControl queryKey={options.queryKey} />
        </footer>
      )}
    </div>
  )
}

const COLUMNS = 'mb-4 grid items-start gap-4 @4xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]'

function OverviewSkeleton({ account }: { account: string }) {
  return (
    <>
      <p role="status" className="sr-only">
        Loading {account}…
      </p>
      <div aria-hidden>
        <FiguresSkeleton />
        <div className={COLUMNS}>
          <GroupListSkeleton />
        </div>
      </div>
    </>
  )
}
