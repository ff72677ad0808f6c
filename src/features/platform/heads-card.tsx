import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
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

const CELL = 'px-3.5 py-2 text-left align-baseline'

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
          <table className="w-full border-collapse tabular-nums">
            <thead className="bg-raised text-xs text-muted">
              <tr>
                {['Head', 'Running', 'Off, last seen here'].map((name) => (
                  <th key={name} scope="col" className={`${CELL} font-medium`}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line border-t border-line">
              {rows.map((row) => (
                <Head key={row.head ?? ''} account={account} row={row} />
              ))}
            </tbody>
          </table>
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
  const found = (field: string, value: string, not = false) =>
    links.searchAll(account, printTerm({ not, field, operator: ':', value }))
  return (
    <tr>
      <th scope="row" className={`${CELL} font-normal`}>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {head === null ? (
            <span className="text-muted">Head unknown</span>
          ) : (
            <span translate="no" className="font-mono text-xs wrap-anywhere">
              {head}
            </span>
          )}
          {isEmpty(row) && <Tag tone="warn">nothing running</Tag>}
        </span>
      </th>
      <td className={CELL}>
        <Count
          count={running}
          to={head === null ? links.searchAll(account, 'is:running -head:*') : found('head', head)}
        />
      </td>
      <td className={CELL}>
        <Count count={off} to={found('last_head', head ?? UNKNOWN)}>
          {seenAt !== null && <span className="text-muted">, seen here {atWhen(seenAt)}</span>}
        </Count>
      </td>
    </tr>
  )
}

/** The value of `last_head:` for machines that this browser never saw on a head. */
const UNKNOWN = 'unknown'

function Count({ count, to, children }: { count: number; to: string; children?: ReactNode }) {
  if (count === 0) return <span className="text-muted">0</span>
  return (
    <>
      <Link to={to} className="text-accent underline-offset-2 hover:underline">
        {count}
      </Link>
      {children}
    </>
  )
}
