import { Check } from 'lucide-react'
import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import {
  changeInWords,
  windowInWords,
  type ChangeElsewhere,
} from '../../operations/activity/changes-elsewhere/change.ts'
import type { Operation } from '../../operations/operation.ts'
import { planTitle, stepLabel, type Plan } from '../../operations/plans/plan.ts'
import { Tag } from '../../ui/tag.tsx'
import { EntryHead } from './entry-head.tsx'
import { OperationEntry } from './operation-entry.tsx'
import { planStatusOf, type ActivityEntry } from './timeline.ts'

/** The entries of the activity. */
export function ActivityList({ entries }: { entries: readonly ActivityEntry[] }) {
  return (
    <ol aria-label="Operations" className="grid gap-3">
      {entries.map((entry) => {
        if ('change' in entry) return <ChangeElsewhereEntry key={entry.change.key} change={entry.change} />
        if ('plan' in entry) return <PlanEntry key={entry.plan.key} {...entry} />
        return <OperationEntry key={entry.operation.key} operation={entry.operation} />
      })}
    </ol>
  )
}

/** A plan: its steps, how far they came, and the operations that were done for them, in their order. */
function PlanEntry({ plan, operations }: { plan: Plan; operations: readonly Operation[] }) {
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
        status={planStatusOf(plan)}
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
            <OperationEntry key={operation.key} operation={operation} within />
          ))}
        </ol>
      )}
    </li>
  )
}

/** A change made elsewhere: what it was, of which machine, and between which fetches. */
function ChangeElsewhereEntry({ change }: { change: ChangeElsewhere }) {
  const { key, account, group, id, name } = change
  return (
    <li
      aria-labelledby={`${key}-what`}
      className="min-w-0 rounded-xl border border-dashed border-line-strong px-3.5 py-2.5"
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id={`${key}-what`} className="min-w-0 flex-1 font-semibold wrap-anywhere">
          <Link
            to={links.machine({ account, group }, id)}
            className="font-mono text-xs text-accent hover:underline"
          >
            {name}
          </Link>{' '}
          {changeInWords(change)}
        </h2>
        <Tag>Seen</Tag>
      </div>
      <p className="mt-0.5 text-xs text-muted wrap-anywhere">
        <span className="tabular-nums">{windowInWords(change)}</span>, not by this browser · {account} /{' '}
        {group} · id {id}
      </p>
    </li>
  )
}
