import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { actions } from '../../actions/index.ts'
import { links } from '../../lib/links.ts'
import { formatWhen } from '../../lib/times.ts'
import { changeInWords, windowInWords } from '../../operations/activity/changes-elsewhere/change.ts'
import { STATUSES, useTimeline, type ActivityEntry } from '../../operations/activity/timeline.ts'
import { planTitle } from '../../operations/plan.ts'
import { Card } from '../../ui/card.tsx'
import { Tag } from '../../ui/tag.tsx'

const MOST = 10

/** What this browser knows of the machine's last changes, its own and those made elsewhere, newest first. */
export function RecentActivity({ account, id }: { account: string; id: number }) {
  const entries = useTimeline().filter((entry) => concerns(entry, account, id))
  return (
    <Card
      title="Recent activity"
      actions={
        <Link to={links.activity()} className="px-1.5 text-xs text-accent hover:underline">
          All
        </Link>
      }
    >
      {entries.length === 0 ? (
        <p className="px-3.5 py-2.5 text-muted">Nothing in this session.</p>
      ) : (
        <ul className="divide-y divide-line">
          {entries.slice(0, MOST).map((entry) => (
            <Entry key={keyOf(entry)} entry={entry} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function concerns(entry: ActivityEntry, account: string, id: number): boolean {
  if ('change' in entry) return entry.change.account === account && entry.change.id === id
  if ('plan' in entry) return entry.plan.target.id === id
  const { target, also, phase } = entry.operation
  return phase !== 'checking' && (target.id === id || also?.id === id)
}

function keyOf(entry: ActivityEntry): string {
  if ('change' in entry) return `change ${entry.change.key}`
  return 'plan' in entry ? `plan ${entry.plan.key}` : entry.operation.key
}

function Entry({ entry }: { entry: ActivityEntry }) {
  if ('change' in entry) {
    const { change, at } = entry
    return (
      <Line at={at} tag={<Tag>elsewhere</Tag>} note={windowInWords(change)}>
        {changeInWords(change)}
      </Line>
    )
  }
  const { label, tone } = STATUSES[entry.kind]
  const { otherTab, note } = 'plan' in entry ? entry.plan : entry.operation
  const isRunning = entry.kind === 'running' || entry.kind === 'queued'
  return (
    <Line
      at={entry.at}
      tag={<Tag tone={tone}>{isRunning && otherTab ? 'In another tab' : label}</Tag>}
      note={note}
    >
      {'plan' in entry ? planTitle(entry.plan) : actions[entry.operation.action].label}
    </Line>
  )
}

interface LineProps {
  at: number
  tag: ReactNode
  note: string
  children: string
}

function Line({ at, tag, note, children }: LineProps) {
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-3 px-3.5 py-2">
      <time className="font-mono text-xs text-muted" dateTime={new Date(at).toISOString()}>
        {formatWhen(at)}
      </time>
      <span className="min-w-0 wrap-anywhere">
        <span>{children}</span>
        {note && <span className="block text-xs text-muted">{note}</span>}
      </span>
      {tag}
    </li>
  )
}
