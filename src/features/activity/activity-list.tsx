import Check from 'lucide-react/icons/check'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useState } from 'react'
import { Link } from 'react-router'
import { actions, pageOf } from '../../actions/index.ts'
import { ActivityLine } from '../../components/activity-line.tsx'
import { lineOf } from '../../operations/activity/entry-line.ts'
import { statusOf, type ActivityEntry } from '../../operations/activity/timeline.ts'
import { allowAgain, forbiddenReason, useForbidden } from '../../operations/disabled-reason.ts'
import type { Operation, SentRequest } from '../../operations/operation.ts'
import { stepLabel, type Plan } from '../../operations/plan.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Breakable } from '../../ui/code.tsx'
import { CopyOperation } from './copy-and-export.tsx'

interface ListProps {
  entries: readonly ActivityEntry[]
  /** The entries' headings: one level below the title of the page or drawer. */
  heading: Heading
  /** True to show everything about each entry; otherwise a button in its line does. */
  expanded?: boolean
}
type Heading = 'h2' | 'h3' | 'h4'

export function ActivityList({ entries, heading, expanded = false }: ListProps) {
  return (
    <ol
      aria-label="Activity"
      className="@container divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface empty:hidden"
    >
      {entries.map((entry) => (
        <Entry key={lineOf(entry).key} entry={entry} heading={heading} expanded={expanded} />
      ))}
    </ol>
  )
}

function Entry({ entry, heading, expanded }: { entry: ActivityEntry; heading: Heading; expanded: boolean }) {
  const [opened, setOpened] = useState(false)
  const open = opened || expanded
  const line = lineOf(entry)
  const { key, title, name } = line
  return (
    <li aria-labelledby={`${key}-what`} className={`min-w-0 ${opened ? 'bg-raised' : ''}`}>
      <ActivityLine
        // An open entry shows the whole of its remark below.
        line={open ? { ...line, detail: '' } : line}
        heading={{ level: heading, id: `${key}-what` }}
        lead={
          !expanded && (
            <button
              type="button"
              aria-label={`Details of ${title} ${name}`}
              aria-expanded={opened}
              aria-controls={`${key}-more`}
              onClick={() => setOpened(!opened)}
              className="-ml-1.5 flex size-6 shrink-0 items-center justify-center rounded-md text-muted after:absolute after:inset-0 hover:after:bg-text/4 @2xl:self-center print:hidden"
            >
              <ChevronRight size={14} aria-hidden className={opened ? 'rotate-90' : ''} />
            </button>
          )
        }
      />
      <div
        id={`${key}-more`}
        className={`px-3 pt-0.5 pb-2.5 @2xl:pr-3.5 ${expanded ? '' : 'pl-9.5 @2xl:pl-10'} ${open ? '' : 'hidden print:block'}`}
      >
        <Details entry={entry} heading={heading} copies={open} />
      </div>
    </li>
  )
}

function Details({ entry, heading, copies }: { entry: ActivityEntry; heading: Heading; copies: boolean }) {
  if ('change' in entry) {
    const { account, group, id } = entry.change
    return (
      <p className="text-xs text-muted wrap-anywhere">
        {lineOf(entry).detail}, not from this browser · {account} / {group} · id {id}
      </p>
    )
  }
  const of = 'plan' in entry ? entry.plan : entry.operation
  const { target, otherTab, note } = of
  return (
    <div className="grid gap-2">
      <p className="text-xs text-muted wrap-anywhere">
        {[target.account, target.group].filter(Boolean).join(' / ')}
        {target.id !== null && ` · id ${target.id}`}
        {otherTab && ' · from another tab'}
      </p>
      {note && <p className="wrap-anywhere">{note}</p>}
      {'plan' in entry ? (
        <PlanDetails plan={entry.plan} operations={entry.operations} heading={heading} copies={copies} />
      ) : (
        <OperationDetails operation={entry.operation} copies={copies} />
      )}
    </div>
  )
}

interface PlanProps {
  plan: Plan
  operations: readonly Operation[]
  heading: Heading
  copies: boolean
}

/** A plan's steps and their operations, oldest first. */
function PlanDetails({ plan, operations, heading, copies }: PlanProps) {
  return (
    <>
      <ol aria-label="Steps" className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs">
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
      {operations.length > 0 && (
        <ol
          aria-label="Actions in the plan"
          className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface"
        >
          {operations.map((operation) => {
            const line = lineOf({ kind: statusOf(operation), at: operation.begunAt, operation })
            return (
              <li key={operation.key} aria-labelledby={`${operation.key}-what`} className="min-w-0">
                <ActivityLine
                  line={{ ...line, detail: '' }}
                  heading={{ level: heading === 'h2' ? 'h3' : 'h4', id: `${operation.key}-what` }}
                  within
                />
                <div className="grid gap-2 px-3 pb-2.5 @2xl:px-3.5">
                  {operation.note && <p className="wrap-anywhere">{operation.note}</p>}
                  <OperationDetails operation={operation} copies={copies} />
                </div>
              </li>
            )
          })}
        </ol>
      )}
    </>
  )
}

/** An operation's requests, and how to copy them. */
function OperationDetails({ operation, copies }: { operation: Operation; copies: boolean }) {
  const { steps } = operation
  return (
    <>
      <Requests steps={steps} />
      <TryAgain operation={operation} />
      {steps.length > 0 && copies && (
        <div className="print:hidden">
          <CopyOperation operation={operation} />
        </div>
      )}
    </>
  )
}

/** Allows an action again that has been disabled since BigV answered it with a 403. */
function TryAgain({ operation }: { operation: Operation }) {
  useForbidden()
  const { target } = operation
  const action = actions[operation.action]
  if (forbiddenReason(action, target) === null) return null
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 print:hidden">
      <Link
        to={pageOf(operation)}
        className={buttonClass({ size: 'small' })}
        onClick={() => allowAgain(action, target)}
      >
        Try again
      </Link>
      <span className="text-xs text-muted">Opens its page, with “{action.label}” available again.</span>
    </p>
  )
}

function Requests({ steps }: { steps: readonly SentRequest[] }) {
  if (steps.length === 0) return null
  return (
    <ol
      aria-label="Requests"
      className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface font-mono text-xs"
    >
      {numbered(steps).map(({ number, step }) => (
        <li key={number} className="px-3 py-1.5">
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
