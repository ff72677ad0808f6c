import type { Step } from '../../operations/operation.ts'
import { Breakable } from '../../ui/code.tsx'

/** The requests of an operation, each with what came back and how long that took. */
export function Steps({ steps }: { steps: readonly Step[] }) {
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
