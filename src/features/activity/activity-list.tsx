import { Entry } from './entry.tsx'
import { ObservedEntry } from './observed-entry.tsx'
import { PlanEntry } from './plan-entry.tsx'
import type { Moment } from './timeline.ts'

/** The lines of the activity. */
export function Moments({ moments }: { moments: readonly Moment[] }) {
  return (
    <ol aria-label="Operations" className="grid gap-3">
      {moments.map((moment) => {
        if ('change' in moment) return <ObservedEntry key={moment.change.key} change={moment.change} />
        if ('plan' in moment) return <PlanEntry key={moment.plan.key} {...moment} />
        return <Entry key={moment.operation.key} operation={moment.operation} />
      })}
    </ol>
  )
}
