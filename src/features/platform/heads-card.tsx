import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { accountQueries } from '../../api/accounts.ts'
import { LoadFailure, PollControl } from '../../components/page/freshness.tsx'
import { usePolling } from '../../components/page/polling.ts'
import { links } from '../../lib/links.ts'
import { printTerm } from '../../lib/search/parse.ts'
import { atWhen } from '../../lib/times.ts'
import { useSeenVersion } from '../../operations/activity/seen/store.ts'
import { lastHeadOf } from '../../operations/last-heads.ts'
import { Card } from '../../ui/card.tsx'
import { Loading } from '../../ui/spinner.tsx'
import { Tag } from '../../ui/tag.tsx'
import { headsOf, isEmpty, type HeadRow } from './heads.ts'

/** Which head runs an account's machines. */
export function HeadsCard({ account }: { account: string }) {
  const options = accountQueries.overview(account)
  const overview = useQuery({ ...options, ...usePolling(options.queryKey) })
  useSeenVersion()
  const rows =
    overview.data &&
    headsOf(
      overview.data.groups.flatMap(({ virtual_machines }) => virtual_machines ?? []),
      lastHeadOf,
    )
  return (
    <Card
      title={
        <>
          <span>Heads of </span>
          <span translate="no">{account}</span>
        </>
      }
      actions={overview.data && <PollControl queryKey={options.queryKey} />}
      className="mb-4"
    >
      {overview.isPending && (
        <div className="p-3.5">
          <Loading>Loading the machines of {account}…</Loading>
        </div>
      )}
      {overview.isLoadingError && (
        <div className="p-3.5">
          <LoadFailure what={`the machines of ${account}`} query={overview} />
        </div>
      )}
      {rows?.length === 0 && <p className="p-3.5 text-muted">{account} has no machines.</p>}
      {rows && rows.length > 0 && (
        <>
          <ul
            aria-label="Heads"
            className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-x-4 gap-y-0.5 px-3.5 py-2.5 tabular-nums"
          >
            {rows.map((row) => (
              <Head key={row.head ?? ''} account={account} row={row} />
            ))}
          </ul>
          <p className="border-t border-line px-3.5 py-2 text-xs text-muted">
            BigV names a machine’s head only while it’s on. A machine that is off is listed where this browser
            last saw it.
          </p>
        </>
      )}
    </Card>
  )
}

function Head({ account, row }: { account: string; row: HeadRow }) {
  const { head, running, off, seenAt } = row
  const found = (field: string, value: string) =>
    links.searchAll(account, printTerm({ not: false, field, operator: ':', value }))
  return (
    <li className={`flex flex-wrap items-baseline gap-x-2 ${off > 0 ? 'col-span-full' : ''}`}>
      {head === null ? (
        <span>Head unknown</span>
      ) : (
        <span translate="no" className="min-w-14 font-mono text-xs wrap-anywhere">
          {head}
        </span>
      )}
      {isEmpty(row) && <Tag tone="warn">nothing running</Tag>}
      <Count
        count={running}
        what="running"
        to={head === null ? links.searchAll(account, 'is:running -head:*') : found('head', head)}
      />
      {off > 0 && <Count count={off} what="off" to={found('last_head', head ?? UNKNOWN)} />}
      {seenAt !== null && <span className="text-muted">last seen here {atWhen(seenAt)}</span>}
    </li>
  )
}

/** The value of `last_head:` for machines that this browser never saw on a head. */
const UNKNOWN = 'unknown'

function Count({ count, what, to }: { count: number; what: string; to: string }) {
  if (count === 0) return <span className="py-0.5 text-muted">{`0 ${what}`}</span>
  return (
    <Link to={to} className="py-0.5 text-accent underline-offset-2 hover:underline pointer-coarse:py-2.5">
      {`${count} ${what}`}
    </Link>
  )
}
