import Check from 'lucide-react/icons/check'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { bind } from '../../actions/action.ts'
import { autorebootTo } from '../../actions/autoreboot.ts'
import { start } from '../../actions/power.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { confirmAndRun, runAtOnce } from '../../components/actions/confirm.tsx'
import { formatElapsed, formatSpan } from '../../lib/times.ts'
import { useNow } from '../../lib/use-now.ts'
import { forbiddenReason, useDisabledReason } from '../../operations/disabled-reason.ts'
import { isOverdue, type Operation } from '../../operations/operation.ts'
import { dismissPlan, lacksSecret } from '../../operations/plan-store.ts'
import {
  actionOf,
  guidedOf,
  planTitle,
  stepLabel,
  stepOf,
  waitsForGuest,
  type Plan,
  type PlanStep,
} from '../../operations/plan.ts'
import { resumePlan, needsShutdown, stopPlan } from '../../operations/plans/control.ts'
import { planOptions, planSummary, type PlanOption } from '../../operations/plans/plan-summary.ts'
import { useOperations } from '../../operations/store.ts'
import { keepWaiting } from '../../operations/watch.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { PlanForecast } from '../plan/plan-dialog.tsx'
import { ReimageDialog } from '../reimage/reimage-dialog.tsx'

/** The machine's plan: its steps with their progress, its outcome, and buttons to continue or dismiss it. */
export function PlanPanel({ plan, ...props }: MachineInGroup & { plan: Plan }) {
  const [reentering, setReentering] = useState(false)
  // Secrets aren't stored, so users may have to re-enter them after a reload.
  const { secrets } = guidedOf(plan)
  const reenters = reentering && secrets?.reenter !== undefined
  const missing = !plan.otherTab && lacksSecret(plan)
  const look = LOOKS[plan.stopped && plan.phase === 'halted' ? 'stopped' : plan.phase]
  const buttons = { ...props, plan, missing, onReenter: () => setReentering(true) }
  return (
    <section aria-label="Plan" className="grid gap-2">
      <Notice
        tone={look.tone}
        role={look.role}
        title={`${planTitle(plan)}${plan.otherTab ? ', in another tab' : ''}${look.title}`}
        actions={plan.phase === 'running' ? <Running {...buttons} /> : <Halted {...buttons} />}
      >
        {plan.note && <p className="wrap-anywhere">{plan.note}</p>}
        <PlanSteps plan={plan} />
        {plan.phase === 'running' && missing && <p className="mt-1.5">{secrets?.running}</p>}
        {plan.phase !== 'running' && <ResultingState plan={plan} {...props} />}
        {plan.otherTab && plan.phase === 'halted' && (
          <p className="mt-1.5">Resume it in the tab where it was started.</p>
        )}
      </Notice>
      {plan.phase === 'running' && !plan.otherTab && <PlanForecast plan={plan} />}
      {reenters && <ReimageDialog {...props} plan={plan} onClose={() => setReentering(false)} />}
    </section>
  )
}

const LOOKS = {
  running: { tone: 'info', role: undefined, title: '' },
  stopped: { tone: 'warn', role: 'status', title: ': stopped' },
  // A toast announces these two.
  halted: { tone: 'danger', role: undefined, title: ': halted' },
  done: { tone: 'ok', role: undefined, title: ': done' },
} as const

type ButtonsProps = MachineInGroup & { plan: Plan; missing: boolean; onReenter: () => void }

function Running({ plan, group, machine, missing, onReenter }: ButtonsProps) {
  const now = useNow()
  const operation = useOperations().find(({ key }) => key === stepOf(plan)?.operation)
  // This tab can only stop another tab's plan, not act on its steps.
  const waiting = !plan.otherTab && operation ? waitsForGuest(operation) : undefined
  const force = waiting?.ifIgnored?.now()
  return (
    <>
      {missing && guidedOf(plan).secrets?.reenter && <Button onClick={onReenter}>Re-enter…</Button>}
      {waiting && operation && isOverdue(operation, now) && (
        <>
          <Button onClick={() => keepWaiting(operation.key)}>Keep waiting</Button>
          <Button onClick={() => confirmAndRun(waiting, group, machine, plan.key)}>Press again</Button>
        </>
      )}
      {force && <Button onClick={() => confirmAndRun(force, group, machine, plan.key)}>Force stop…</Button>}
      <Button variant="quiet" onClick={() => stopPlan(plan.key)}>
        Cancel remaining steps
      </Button>
    </>
  )
}

function Halted({ plan, group, machine, missing, onReenter }: ButtonsProps) {
  const disabledReasonOf = useDisabledReason(machine)
  const { vm } = machine
  const { autoreboot_on } = plan.before
  const next = stepOf(plan)
  const buttons: Record<PlanOption, { label: string; disabledReason: string | null; act: () => void }> = {
    resume: {
      label: needsShutdown(plan, vm) ? 'Shut down again and resume' : 'Resume',
      disabledReason: next ? forbiddenReason(actionOf(plan, next), plan.target) : null,
      act: () => resumePlan(plan.key, vm),
    },
    're-enter': {
      label: missing ? 'Re-enter…' : (guidedOf(plan).secrets?.reenter ?? ''),
      disabledReason: null,
      act: onReenter,
    },
    start: {
      label: 'Start the machine again',
      disabledReason: disabledReasonOf(start),
      act: () => void runAtOnce(bind(start, { autoreboot_on }), group, machine),
    },
    'restore autoreboot_on': {
      label: `Turn automatic restart back ${autoreboot_on ? 'on' : 'off'}`,
      disabledReason: disabledReasonOf(autorebootTo(autoreboot_on)),
      act: () => confirmAndRun(autorebootTo(autoreboot_on), group, machine),
    },
  }
  return (
    <>
      {planOptions(plan, missing, machine).map((option) => (
        <Button key={option} disabledReason={buttons[option].disabledReason} onClick={buttons[option].act}>
          {buttons[option].label}
        </Button>
      ))}
      <Button variant="quiet" onClick={() => dismissPlan(plan.key)}>
        Dismiss
      </Button>
    </>
  )
}

function ResultingState({ plan, machine }: MachineInGroup & { plan: Plan }) {
  const left = planSummary(plan, machine, useOperations())
  return <p className="mt-1.5 wrap-anywhere">{left.join(' ')}</p>
}

/** The steps of a plan, ticked when BigV confirms them. */
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
              <span className="sr-only">, {STATE_WORDS[state]}</span>
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

const STATE_WORDS: Record<State, string> = {
  done: 'done',
  on: 'running',
  failed: 'not done',
  todo: 'to do',
}

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

/** The time since BigV's answer, and the time at which the step is overdue or the machine is forced off. */
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
      {isForced && 'force stop sent · '}
      {formatElapsed(waited)}
      {willForce
        ? ` · force stop after ${formatSpan(plan.forceAfter ?? 0)}`
        : overdue
          ? ` · overdue: expected within ${formatSpan(limit)}`
          : ` · overdue after ${formatSpan(limit)}`}
    </span>
  )
}

const PHASES: Partial<Record<Operation['phase'], string>> = {
  queued: 'queued',
  checking: 'checking the machine',
  sending: 'sending',
  'signing in': 'waiting for you to sign in again',
  asking: 'waiting for your answer',
}
