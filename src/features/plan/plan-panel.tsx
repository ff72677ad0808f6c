import type { MachineInGroup } from '../../components/machine/machine-in-group.ts'
import { confirmAndRun, runAtOnce } from '../../components/actions/confirm.tsx'
import { useState, type ReactNode } from 'react'
import { bind, type MachineAction } from '../../actions/action.ts'
import { autorebootTo } from '../../actions/autoreboot.ts'
import { start } from '../../actions/power.ts'
import { useNow } from '../../lib/use-now.ts'
import { useDisabledReason, forbiddenReason } from '../../operations/disabled-reason.ts'
import { keepWaiting } from '../../operations/watch.ts'
import { isOverdue } from '../../operations/operation.ts'
import { resumePlan, startsOver, stopPlan } from '../../operations/plans/control.ts'
import {
  actionOf,
  guidedOf,
  planTitle,
  stepOf,
  waitsForGuest,
  type Plan,
} from '../../operations/plans/plan.ts'
import { dismissPlan, lacksSecret } from '../../operations/plans/store.ts'
import { waysOn, whatIsLeft, type WayOn } from '../../operations/plans/what-is-left.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PlanSteps } from './plan-steps.tsx'

interface Props extends MachineInGroup {
  plan: Plan
  /** Renders the form of a plan's action, opened once more; for actions whose `guided.secrets` has `reenter`. */
  reenterForms: ReadonlyMap<
    MachineAction,
    (props: MachineInGroup & { plan: Plan; onClose: () => void }) => ReactNode
  >
}

/** A plan on this machine: its steps, how far they are, and what can be done about it. */
export function PlanPanel({ plan, reenterForms, ...props }: Props) {
  const [reentering, setReentering] = useState(false)
  const renderForm = reenterForms.get(actionOf(plan, { role: 'action' }))
  const { secrets } = guidedOf(plan)
  const missing = !plan.otherTab && lacksSecret(plan)
  const look = LOOKS[plan.stopped && plan.phase === 'halted' ? 'stopped' : plan.phase]
  const buttons = { ...props, plan, missing, onReenter: () => setReentering(true) }
  return (
    <section aria-label="Plan">
      <Notice
        tone={look.tone}
        role={look.role}
        title={`${planTitle(plan)}${plan.otherTab ? ', in another tab' : ''}${look.title}`}
        actions={plan.phase === 'running' ? <Running {...buttons} /> : <Halted {...buttons} />}
      >
        {plan.note && <p className="wrap-anywhere">{plan.note}</p>}
        <PlanSteps plan={plan} />
        {plan.phase === 'running' && missing && <p className="mt-1.5">{secrets?.running}</p>}
        {plan.phase !== 'running' && <Left plan={plan} {...props} />}
        {plan.otherTab && plan.phase === 'halted' && (
          <p className="mt-1.5">It can go on in the tab where it was begun.</p>
        )}
      </Notice>
      {reentering && renderForm?.({ ...props, plan, onClose: () => setReentering(false) })}
    </section>
  )
}

const LOOKS = {
  running: { tone: 'info', role: undefined, title: '' },
  stopped: { tone: 'warn', role: 'status', title: ': stopped' },
  halted: { tone: 'danger', role: 'alert', title: ': halted' },
  done: { tone: 'ok', role: 'status', title: ': done' },
} as const

type ButtonsProps = MachineInGroup & { plan: Plan; missing: boolean; onReenter: () => void }

function Running({ plan, group, machine, missing, onReenter }: ButtonsProps) {
  const now = useNow()
  const operation = useOperations().find(({ key }) => key === stepOf(plan)?.operation)
  // Another tab's step is that tab's to replace; Stop, above, halts it first.
  const waiting = !plan.otherTab && operation ? waitsForGuest(operation) : undefined
  const force = waiting?.ifIgnored?.now()
  return (
    <>
      {missing && guidedOf(plan).secrets?.reenter && <Button onClick={onReenter}>Give them again</Button>}
      {waiting && operation && isOverdue(operation, now) && (
        <>
          <Button onClick={() => keepWaiting(operation.key)}>Keep waiting</Button>
          <Button onClick={() => confirmAndRun(waiting, group, machine, plan.key)}>Send again</Button>
        </>
      )}
      {force && <Button onClick={() => confirmAndRun(force, group, machine, plan.key)}>Stop now</Button>}
      <Button variant="quiet" onClick={() => stopPlan(plan.key)}>
        Stop the plan
      </Button>
    </>
  )
}

function Halted({ plan, group, machine, missing, onReenter }: ButtonsProps) {
  const disabledReasonOf = useDisabledReason(machine)
  const { vm } = machine
  const { autoreboot_on } = plan.before
  const next = stepOf(plan)
  const buttons: Record<WayOn, { label: string; disabledReason: string | null; act: () => void }> = {
    resume: {
      label: startsOver(plan, vm) ? 'Shut it down again and go on' : 'Go on',
      disabledReason: next ? forbiddenReason(actionOf(plan, next), plan.target) : null,
      act: () => resumePlan(plan.key, vm),
    },
    're-enter': {
      label: missing ? 'Give them again' : (guidedOf(plan).secrets?.reenter ?? ''),
      disabledReason: null,
      act: onReenter,
    },
    start: {
      label: 'Start it again',
      disabledReason: disabledReasonOf(start),
      act: () => void runAtOnce(bind(start, { autoreboot_on }), group, machine),
    },
    'restore autoreboot_on': {
      label: `Put autoreboot_on back to ${autoreboot_on ? 'yes' : 'no'}`,
      disabledReason: disabledReasonOf(autorebootTo(autoreboot_on)),
      act: () => confirmAndRun(autorebootTo(autoreboot_on), group, machine),
    },
  }
  return (
    <>
      {waysOn(plan, missing, machine).map((way) => (
        <Button key={way} disabledReason={buttons[way].disabledReason} onClick={buttons[way].act}>
          {buttons[way].label}
        </Button>
      ))}
      <Button variant="quiet" onClick={() => dismissPlan(plan.key)}>
        {plan.phase === 'done' ? 'Dismiss' : 'Leave it so'}
      </Button>
    </>
  )
}

function Left({ plan, machine }: MachineInGroup & { plan: Plan }) {
  const left = whatIsLeft(plan, machine, useOperations())
  return <p className="mt-1.5 wrap-anywhere">{left.join(' ')}</p>
}
