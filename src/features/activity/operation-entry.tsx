import { useState } from 'react'
import { actions, pageOf } from '../../actions/index.ts'
import type { Operation, Step } from '../../operations/operation.ts'
import { Breakable } from '../../ui/code.tsx'
import { Copies } from './copy-and-export.tsx'
import { EntryHead } from './entry-head.tsx'
import { statusOf } from './timeline.ts'

/** One operation: what it was, how it ended, and its requests; `within` its plan, where it is a step of one. */
export function OperationEntry({ operation, within = false }: { operation: Operation; within?: boolean }) {
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
        status={statusOf(operation)}
        within={within}
      >
        {note && <p className="mt-1.5 wrap-anywhere">{note}</p>}
      </EntryHead>
      <Requests steps={steps} />
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

/** The requests of an operation, each with what came back and how long that took. */
function Requests({ steps }: { steps: readonly Step[] }) {
  if (steps.length === 0) return null
  return (
    <ol
      aria-label="Requests"
      className="divide-y divide-line border-t border-line bg-raised font-mono text-xs"
    >
      {numbered(steps).map(({ number, step }) => (
        <li key={number} className="px-3.5 py-2">
          <div className="flex flex-wrap gap-x-3">
            <span className="min-w-0 flex-1 wrap-anywhere">
              {step.method} <Breakable text={step.path} />
              {step.times !== undefined && step.times > 1 && ` × ${step.times}`}
            </span>
            <span className="text-muted tabular-nums">{resultOf(step)}</span>
          </div>
          {hasBody(step) && (
            <code className="mt-0.5 block text-muted wrap-anywhere">
              <Breakable text={JSON.stringify(step.body)} />
            </code>
          )}
        </li>
      ))}
    </ol>
  )
}

function numbered(steps: readonly Step[]) {
  return steps.map((step, index) => ({ number: index + 1, step }))
}

function hasBody({ body }: Step): boolean {
  return body !== undefined && body !== null
}

function resultOf({ trace }: Step): string {
  if (trace === null) return 'no answer yet'
  return `${trace.status === 0 ? 'no answer' : trace.status} · ${(trace.duration / 1000).toFixed(2)} s`
}
