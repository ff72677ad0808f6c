import { Entry } from './entry.tsx'
import { ObservedEntry } from './observed-entry.tsx'
import type { Moment } from './timeline.ts'

/** The lines of the activity. */
export function Moments({ moments }: { moments: readonly Moment[] }) {
  return (
    <ol aria-label="Operations" className="grid gap-3">
      {moments.map((moment) =>
        moment.kind === 'seen' ? (
          <ObservedEntry key={moment.change.key} change={moment.change} />
        ) : (
          <Entry key={moment.operation.key} operation={moment.operation} />
        ),
      )}
    </ol>
  )
}
