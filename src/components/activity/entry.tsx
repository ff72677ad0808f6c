import { useState } from 'react'
import { Link } from 'react-router'
import { Elapsed } from '../elapsed.tsx'
import { formatClock, formatElapsed } from '../../lib/times.ts'
import type { Operation } from '../../operations/operation.ts'
import { placeOf } from '../../operations/place.ts'
import { words } from '../../operations/wording.ts'
import { Tag } from '../../ui/tag.tsx'
import { Copies } from './copies.tsx'
import { STANDINGS, standingOf } from './outcomes.ts'
import { Steps } from './steps.tsx'

/** One operation: what it was, how it ended, what was sent for it. */
export function Entry({ operation }: { operation: Operation }) {
  const [open, setOpen] = useState(false)
  const { action, target, begunAt, endedAt, note, foreign, key, steps } = operation
  const { label, tone } = STANDINGS[standingOf(operation)]
  return (
    <li
      aria-labelledby={`${key}-what`}
      className="min-w-0 overflow-hidden rounded-xl border border-line bg-surface"
    >
      <div className="px-3.5 py-2.5">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h2 id={`${key}-what`} className="min-w-0 flex-1 font-semibold wrap-anywhere">
            {words[action].label}{' '}
            <Link to={placeOf(operation)} className="font-mono text-xs text-accent hover:underline">
              {target.name}
            </Link>
          </h2>
          <Tag tone={tone}>{label}</Tag>
          <span className="text-xs whitespace-nowrap text-muted tabular-nums">
            <time dateTime={new Date(begunAt).toISOString()}>{formatClock(begunAt)}</time>
            {' · '}
            {endedAt === null ? <Elapsed since={begunAt} /> : formatElapsed(endedAt - begunAt)}
          </span>
        </div>
        <p className="mt-0.5 text-xs text-muted wrap-anywhere">
          {[target.account, target.group].filter(Boolean).join(' / ')}
          {target.id !== null && ` · id ${target.id}`}
          {foreign && ' · from another tab'}
        </p>
        {note && <p className="mt-1.5 wrap-anywhere">{note}</p>}
      </div>
      <Steps steps={steps} />
      {steps.length > 0 && (
        <details className="border-t border-line" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
            As a command, as JSON
          </summary>
          {open && <Copies operation={operation} />}
        </details>
      )}
    </li>
  )
}
