import Check from 'lucide-react/icons/check'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router'
import { actions, pageOf } from '../../actions/index.ts'
import { Elapsed } from '../../components/elapsed.tsx'
import { links } from '../../lib/links.ts'
import { formatWhen, formatElapsed } from '../../lib/times.ts'
import {
  changeInWords,
  windowInWords,
  type ChangeElsewhere,
} from '../../operations/activity/changes-elsewhere/change.ts'
import type { Operation, SentRequest, Target } from '../../operations/operation.ts'
import { planTitle, stepLabel, type Plan } from '../../operations/plan.ts'
import { Breakable } from '../../ui/code.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Copies } from './copy-and-export.tsx'
import {
  planStatusOf,
  STATUSES,
  statusOf,
  type ActivityEntry,
  type Status,
} from '../../operations/activity/timeline.ts'

interface ListProps {
  entries: readonly ActivityEntry[]
  /** The entries' headings: one level below the title of the page or drawer. */
  heading: Heading
}
type Heading = 'h2' | 'h3' | 'h4'

export function ActivityList({ entries, heading }: ListProps) {
  return (
    <ol aria-label="Activity" className="grid gap-3">
      {entries.map((entry) => {
        if ('change' in entry)
          return <ChangeElsewhereEntry key={entry.change.key} change={entry.change} heading={heading} />
        if ('plan' in entry) return <PlanEntry key={entry.plan.key} {...entry} heading={heading} />
        return <OperationEntry key={entry.operation.key} operation={entry.operation} heading={heading} />
      })}
    </ol>
  )
}

interface PlanProps {
  plan: Plan
  operations: readonly Operation[]
  heading: Heading
}

/** A plan with its steps and their operations, oldest first. */
function PlanEntry({ plan, operations, heading }: PlanProps) {
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
        status={planStatusOf(plan, operations)}
        heading={heading}
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
          aria-label="Actions in the plan"
          className="divide-y divide-line border-t border-line pl-3 [&>li]:border-l [&>li]:border-line"
        >
          {operations.map((operation) => (
            <OperationEntry
              key={operation.key}
              operation={operation}
              within
              heading={heading === 'h2' ? 'h3' : 'h4'}
            />
          ))}
        </ol>
      )}
    </li>
  )
}

function ChangeElsewhereEntry({ change, heading: Title }: { change: ChangeElsewhere; heading: Heading }) {
  const { key, account, group, id, name } = change
  return (
    <li
      aria-labelledby={`${key}-what`}
      className="min-w-0 rounded-xl border border-dashed border-line-strong px-3.5 py-2.5"
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Title id={`${key}-what`} className="min-w-0 flex-1 font-semibold wrap-anywhere">
          <Link
            to={links.machine({ account, group }, id)}
            className="font-mono text-xs text-accent hover:underline"
          >
            {name}
          </Link>{' '}
          {changeInWords(change)}
        </Title>
        <Tag>Changed elsewhere</Tag>
      </div>
      <p className="mt-0.5 text-xs text-muted wrap-anywhere">
        <span className="tabular-nums">{windowInWords(change)}</span>, not from this browser · {account} /{' '}
        {group} · id {id}
      </p>
    </li>
  )
}

interface OperationProps {
  operation: Operation
  heading: Heading
  /** True in a plan's entry, which already names the machine. */
  within?: boolean
}

/** An operation with its requests. */
function OperationEntry({ operation, heading, within = false }: OperationProps) {
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
        heading={heading}
        within={within}
      >
        {note && <p className="mt-1.5 wrap-anywhere">{note}</p>}
      </EntryHead>
      <Requests steps={steps} />
      {steps.length > 0 && (
        <details
          className="border-t border-line print:hidden"
          onToggle={(event) => setOpen(event.currentTarget.open)}
        >
          <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">Copy as…</summary>
          {open && <Copies operation={operation} />}
        </details>
      )}
    </li>
  )
}

function Requests({ steps }: { steps: readonly SentRequest[] }) {
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
          {step.body != null && (
            <code className="mt-0.5 block text-muted wrap-anywhere">
              <Breakable text={JSON.stringify(step.body)} />
            </code>
          )}
        </li>
      ))}
    </ol>
  )
}

function numbered(steps: readonly SentRequest[]) {
  return steps.map((step, index) => ({ number: index + 1, step }))
}

function resultOf({ trace }: SentRequest): string {
  if (trace === null) return 'no answer yet'
  return `${trace.status === 0 ? 'no answer' : trace.status} · ${(trace.duration / 1000).toFixed(2)} s`
}

interface Props {
  id: string
  /** The operation or plan: its target, its times, and whether another tab began it. */
  of: { target: Target; begunAt: number; endedAt: number | null; otherTab: boolean }
  title: string
  to: string
  status: Status
  heading: Heading
  /** True inside a plan's entry, which already names the machine. */
  within?: boolean
  children?: ReactNode
}

/** The head of an entry: title, target, status and times. */
function EntryHead({ id, of, title, to, status, heading: Title, within = false, children }: Props) {
  const { target, begunAt, endedAt, otherTab } = of
  const { label, tone } = STATUSES[status]
  return (
    <div className="px-3.5 py-2.5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Title id={id} className="min-w-0 flex-1 font-semibold wrap-anywhere">
          {title}
          {!within && (
            <>
              {' '}
              <Link to={to} className="font-mono text-xs text-accent hover:underline">
                {target.name}
              </Link>
            </>
          )}
        </Title>
        <Tag tone={tone}>{label}</Tag>
        <span className="text-xs whitespace-nowrap text-muted tabular-nums">
          <time dateTime={new Date(begunAt).toISOString()}>{formatWhen(begunAt)}</time>
          {' · '}
          {endedAt === null ? <Elapsed since={begunAt} /> : formatElapsed(endedAt - begunAt)}
        </span>
      </div>
      {!within && (
        <p className="mt-0.5 text-xs text-muted wrap-anywhere">
          {[target.account, target.group].filter(Boolean).join(' / ')}
          {target.id !== null && ` · id ${target.id}`}
          {otherTab && ' · from another tab'}
        </p>
      )}
      {children}
    </div>
  )
}
