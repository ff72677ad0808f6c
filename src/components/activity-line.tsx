import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { EntryLine } from '../operations/activity/entry-line.ts'
import { formatDuration, formatWhen } from '../lib/times.ts'
import { Tag } from '../ui/tag.tsx'
import { Elapsed } from './elapsed.tsx'

interface Props {
  line: EntryLine
  /** The heading of the line's entry, if it has more to show. */
  heading?: { level: 'h2' | 'h3' | 'h4'; id: string } | undefined
  /** True inside a plan's entry, which already names the machine. */
  within?: boolean
  /** A control before the line. */
  lead?: ReactNode
}

/** An entry of the activity: time, action, machine, detail, outcome and duration in one line, or in two on a narrow page. */
export function ActivityLine({ line, heading, within = false, lead }: Props) {
  const { at, title, name, to, detail, label, tone, took } = line
  const Title = heading?.level ?? 'p'
  // BigV's changes read "web1 was turned off", but the column of actions comes first.
  const nameFirst = took === undefined
  const machine = !within && (
    <Link
      to={to}
      className="relative min-w-0 font-mono text-xs font-normal wrap-anywhere text-accent hover:underline"
    >
      {name}
    </Link>
  )
  const action = (
    <span
      className={`min-w-0 wrap-anywhere ${nameFirst ? '@2xl:order-first @2xl:first-letter:uppercase' : ''}`}
    >
      {title}
    </span>
  )
  return (
    <div className="relative flex items-start gap-2 px-3 py-2 pointer-coarse:min-h-11 @2xl:items-baseline @2xl:px-3.5">
      {lead}
      <div className="grid min-w-0 flex-1 grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 @2xl:grid-cols-[4.75rem_minmax(0,1.5fr)_minmax(0,1fr)_8.25rem_3.75rem]">
        <time
          dateTime={new Date(at).toISOString()}
          className="font-mono text-xs text-muted tabular-nums @max-2xl:row-start-2"
        >
          {formatWhen(at)}
        </time>
        <Title
          id={heading?.id}
          className="min-w-0 font-medium @max-2xl:col-span-2 @max-2xl:row-start-1 @2xl:grid @2xl:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)] @2xl:items-baseline @2xl:gap-x-3"
        >
          {nameFirst ? machine : action} {nameFirst ? action : machine}
        </Title>
        <p className="min-w-0 truncate text-xs text-muted @max-2xl:row-start-2">{detail}</p>
        <p className="text-right @max-2xl:row-start-1">
          <Tag tone={tone}>{label}</Tag>
        </p>
        <p className="text-right text-xs whitespace-nowrap text-muted tabular-nums @max-2xl:row-start-2">
          {took === null ? <Elapsed since={at} /> : took !== undefined && formatDuration(took)}
        </p>
      </div>
    </div>
  )
}
