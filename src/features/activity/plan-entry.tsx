import { Check } from 'lucide-react'
import { links } from '../../lib/links.ts'
import type { Operation } from '../../operations/operation.ts'
import { planTitle, stepLabel, type Plan } from '../../operations/plans/plan.ts'
import { Entry } from './entry.tsx'
import { EntryHead } from './entry-head.tsx'
import { planStandingOf } from './outcomes.ts'

/** A plan: its steps, how far they came, and the operations that were done for them, in their order. */
export function PlanEntry({ plan, operations }: { plan: Plan; operations: readonly Operation[] }) {
  const { key, target, note } = plan
  return (
    <li
      aria-labelledby={`${key}-what`}
      className="min-w-0 overflow-hidden rounded-xl border border-line bg-surface"
    >
      <EntryHead
        id={`${key}-what`}
        of={plan}
        title={planTitle(plan)}
        to={links.machine(target, target.id)}
        standing={planStandingOf(plan)}
      >
        <ol aria-label="Steps" className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-xs">
          {plan.steps.map((step) => (
            <li key={step.role} className="flex items-center gap-1 wrap-anywhere">
              {step.done && <Check size={12} strokeWidth={3} aria-hidden className="text-ok" />}
              <span className={step.done ? '' : 'text-muted'}>
                {stepLabel(plan, step)}
                <span className={step.done ? 'sr-only' : ''}>{step.done ? ', done' : ': not done'}</span>
              </span>
            </li>
          ))}
        </ol>
        {note && <p className="mt-1.5 wrap-anywhere">{note}</p>}
      </EntryHead>
      {operations.length > 0 && (
        <ol
          aria-label="Operations of the plan"
          className="divide-y divide-line border-t border-line pl-3 [&>li]:border-l [&>li]:border-line"
        >
          {operations.map((operation) => (
            <Entry key={operation.key} operation={operation} within />
          ))}
        </ol>
      )}
    </li>
  )
}
