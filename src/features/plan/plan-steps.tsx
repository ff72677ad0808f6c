import { Check, X } from 'lucide-react'
import { formatElapsed, formatSpan } from '../../lib/times.ts'
import type { Operation } from '../../operations/operation.ts'
import {
  actionOf,
  stepLabel,
  stepOf,
  waitsForGuest,
  type Plan,
  type PlanStep,
} from '../../operations/plans/plan.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { useNow } from '../../lib/use-now.ts'

/** The steps of a plan, ticked as they are seen to be done. */
export function PlanSteps({ plan }: { plan: Plan }) {
  const operations = useOperations()
  const next = stepOf(plan)
  return (
    <ol aria-label="Steps" className="mt-1.5 grid gap-1">
      {plan.steps.map((step, index) => {
        const state = stateOf(plan, step, next)
        const operation = operations.find(({ key }) => key === step.operation)
        return (
          <li
            key={step.role}
            aria-current={state === 'on' ? 'step' : undefined}
            className="flex items-start gap-2"
          >
            <Mark state={state} number={index + 1} />
            <span className="min-w-0 flex-1 wrap-anywhere">
              <span className={state === 'todo' ? 'text-muted' : 'font-medium'}>{stepLabel(plan, step)}</span>
              <span className="sr-only">, {SAID[state]}</span>
              {state === 'on' && operation && <Progress operation={operation} step={step} plan={plan} />}
              {step.note && <span className="block text-xs text-muted">{step.note}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

type State = 'done' | 'on' | 'failed' | 'todo'

const SAID: Record<State, string> = { done: 'done', on: 'under way', failed: 'not done', todo: 'to come' }

function stateOf({ phase, stopped }: Plan, step: PlanStep, next: PlanStep | undefined): State {
  if (step.done) return 'done'
  if (step !== next) return 'todo'
  if (phase === 'running') return 'on'
  return stopped ? 'todo' : 'failed'
}

function Mark({ state, number }: { state: State; number: number }) {
  const look = 'grid size-5 shrink-0 place-items-center rounded-full border-[1.5px] text-2xs'
  if (state === 'on') {
    return (
      <span className="grid size-5 shrink-0 place-items-center">
        <Spinner />
      </span>
    )
  }
  const colour = {
    done: 'border-ok text-ok',
    failed: 'border-danger text-danger',
    todo: 'border-line-control text-muted',
  }
  return (
    <span aria-hidden className={`${look} ${colour[state]}`}>
      {state === 'done' ? (
        <Check size={12} strokeWidth={3} />
      ) : state === 'failed' ? (
        <X size={12} strokeWidth={3} />
      ) : (
        number
      )}
    </span>
  )
}

/** How long it has been waited for, and what is usual, or when the plug is pulled. */
function Progress({ operation, step, plan }: { operation: Operation; step: PlanStep; plan: Plan }) {
  const now = useNow()
  const { label, phase, evidence, patienceFrom, overdueAfter: limit } = operation
  if (phase !== 'waiting' || evidence === null || limit === null) {
    return (
      <span className="ml-2 text-xs text-muted">
        {label}: {PHASES[phase] ?? ''}
      </span>
    )
  }
  const waited = now - evidence.answeredAt
  const willForce = waitsForGuest(operation) !== undefined && plan.forceAfter !== null
  const isForced = operation.action !== actionOf(plan, step).name
  const overdue = now - patienceFrom >= limit
  return (
    <span className="ml-2 text-xs text-muted tabular-nums">
      {isForced && 'the plug is pulled; '}asked {formatElapsed(waited)} ago
      {willForce
        ? `; the plug is pulled after ${formatSpan(plan.forceAfter ?? 0)}`
        : overdue
          ? `; overdue: ${formatSpan(limit)} is usual`
          : `; overdue after ${formatElapsed(limit)}`}
    </span>
  )
}

const PHASES: Partial<Record<Operation['phase'], string>> = {
  checking: 'the machine is read',
  sending: 'is being sent',
  'signing in': 'waits until you have signed in again',
  asking: 'waits for your answer',
}
