import { useState } from 'react'
import type { Operation } from '../../operations/operation.ts'
import { pageOf } from '../../operations/operation-page.ts'
import { actions } from '../../actions/index.ts'
import { Copies } from './copies.tsx'
import { EntryHead } from './entry-head.tsx'
import { standingOf } from './outcomes.ts'
import { Steps } from './steps.tsx'

/** One operation: what it was, how it ended, what was sent for it; within its plan, where it is a step of one. */
export function Entry({ operation, within = false }: { operation: Operation; within?: boolean }) {
  const [open, setOpen] = useState(false)
  const { action, note, key, steps } = operation
  return (
    <li
      aria-labelledby={`${key}-what`}
      className={within ? 'min-w-0' : 'min-w-0 overflow-hidden rounded-xl border border-line bg-surface'}
    >
      <EntryHead
        id={`${key}-what`}
        of={operation}
        title={actions[action].label}
        to={pageOf(operation)}
        standing={standingOf(operation)}
        within={within}
      >
        {note && <p className="mt-1.5 wrap-anywhere">{note}</p>}
      </EntryHead>
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
