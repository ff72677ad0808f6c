import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { formatClock, formatElapsed } from '../../lib/times.ts'
import type { Target } from '../../operations/operation.ts'
import { Tag } from '../../ui/tag.tsx'
import { Elapsed } from '../../components/elapsed.tsx'
import { STATUSES, type Status } from './timeline.ts'

interface Props {
  id: string
  /** What was done: to what, when, and whether in another tab. */
  of: { target: Target; begunAt: number; endedAt: number | null; otherTab: boolean }
  title: string
  to: string
  status: Status
  /** Whether it is inside another entry, which names the machine already. */
  within?: boolean
  children?: ReactNode
}

/** What was done, to what, its status, and when. */
export function EntryHead({ id, of, title, to, status, within = false, children }: Props) {
  const { target, begunAt, endedAt, otherTab } = of
  const { label, tone } = STATUSES[status]
  const Heading = within ? 'h3' : 'h2'
  return (
    <div className="px-3.5 py-2.5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Heading id={id} className="min-w-0 flex-1 font-semibold wrap-anywhere">
          {title}
          {!within && (
            <>
              {' '}
              <Link to={to} className="font-mono text-xs text-accent hover:underline">
                {target.name}
              </Link>
            </>
          )}
        </Heading>
        <Tag tone={tone}>{label}</Tag>
        <span className="text-xs whitespace-nowrap text-muted tabular-nums">
          <time dateTime={new Date(begunAt).toISOString()}>{formatClock(begunAt)}</time>
          {' · '}
          {endedAt === null ? <Elapsed since={begunAt} /> : formatElapsed(endedAt - begunAt)}
        </span>
      </div>
      {!within && (
        <p className="mt-0.5 text-xs text-muted wrap-anywhere">
          {[target.account, target.group].filter(Boolean).join(' / ')}
          {target.id !== null && ` · id ${target.id}`}
          {otherTab && ' · from another tab'}
        </p>
      )}
      {children}
    </div>
  )
}
