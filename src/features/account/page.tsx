import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams, type LoaderFunctionArgs } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { isNotFound, queryClient } from '../../api/query-client.ts'
import { LoadFailure, PollControl, RefreshProblem, useStale } from '../../components/page/freshness.tsx'
import { PageHeading, PageTitle } from '../../components/page/page-heading.tsx'
import { startedByLoader, startFetch, usePolling } from '../../components/page/polling.ts'
import { links } from '../../lib/links.ts'
import { formatWhen } from '../../lib/times.ts'
import { formatMib } from '../../lib/units.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Loading } from '../../ui/spinner.tsx'
import { GroupList } from './group-list.tsx'
import { accountTotals, type Totals } from './totals.ts'

export function loader({ params: { account = '' } }: LoaderFunctionArgs) {
  return startFetch(() => queryClient.query(accountQueries.overview(account)))
}

export function Component() {
  const { account = '' } = useParams()
  return <Overview key={account} account={account} />
}

/** The account's machines and their resources, by group. */
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
        <PageHeading translate="no">{account}</PageHeading>
        {stale && <span className="text-muted">as of {formatWhen(overview.dataUpdatedAt)}</span>}
        <span className="flex-1" />
        <Link to={links.allMachines(account)} className={buttonClass({ size: 'small' })}>
          All machines
        </Link>
        <Link to={links.accountPrivileges(account)} className={buttonClass({ size: 'small' })}>
          Privileges
        </Link>
      </div>
      {overview.isRefetchError && <RefreshProblem error={overview.error} queryKey={options.queryKey} />}
      {overview.isPending && <Loading>Loading {account}…</Loading>}
      {overview.isLoadingError && (
        <LoadFailure
          what={isNotFound(overview.error) ? `the account ${account}` : `the overview of ${account}`}
          query={overview}
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

export function TotalsBar({ totals }: { totals: Totals }) {
  const { machines, running, cores, memory, disc, grades } = totals
  return (
    <dl
      aria-label="Account totals"
      className="mb-5 grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line lg:grid-cols-4"
    >
      <Total term="Machines" value={String(machines)}>
        <p>
          {running} on, {machines - running} off
        </p>
        <Meter
          value={running}
          max={machines}
          label="Machines on"
          tone="ok"
          text={`${running} of ${machines}`}
        />
      </Total>
      <Total term="Cores" value={String(cores)} />
      <Total term="Memory" value={formatMib(memory)} />
      <Total term="Discs" value={formatMib(disc)}>
        {Object.entries(grades).map(([grade, size]) => (
          <div key={grade}>
            <p className="mb-1 flex justify-between gap-x-2">
              <span translate="no">{grade}</span>
              {formatMib(size)}
            </p>
            <Meter
              value={size}
              max={disc}
              label={`Discs, ${grade}`}
              text={`${formatMib(size)} of ${formatMib(disc)}`}
            />
          </div>
        ))}
      </Total>
    </dl>
  )
}

function Total({ term, value, children }: { term: string; value: string; children?: ReactNode }) {
  return (
    <div className="bg-surface px-3.5 py-3 wrap-anywhere">
      <dt className="text-xs text-muted">{term}</dt>
      <dd>
        <span className="text-xl font-semibold tabular-nums">{value}</span>
        {children && <div className="mt-1 grid gap-1.5 text-xs text-muted tabular-nums">{children}</div>}
      </dd>
    </div>
  )
}
