import { bind } from '../../actions/action.ts'
import { actions } from '../../actions/index.ts'
import { autorebootTo, shutDown, start, stop } from '../../actions/power.ts'
import { useState } from 'react'
import { ask, begin } from '../../components/actions/ask.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { keepWaiting } from '../../operations/watch.ts'
import { isOverdue } from '../../operations/operation.ts'
import { forbiddenReason } from '../../operations/forbidden.ts'
import { resumePlan, startsOver, stopPlan } from '../../operations/plans/control.ts'
import { waysOn, whatIsLeft, type WayOn } from '../../operations/plans/left.ts'
import { stepOf, type Plan } from '../../operations/plans/plan.ts'
import { needsAgain } from '../../operations/plans/secrets.ts'
import { dismissPlan, heldFor } from '../../operations/plans/store.ts'
import { guidedOf, planTitle } from '../../operations/plans/wording.ts'
import { useOperations } from '../../operations/use-operations.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useNow } from '../../lib/use-now.ts'
import { PlanSteps } from './plan-steps.tsx'
import { ReimageDialog } from '../reimage/reimage-dialog.tsx'
import type { TabProps } from '../../components/machine/tab-props.ts'

/** A plan on this machine: its steps, how far they are, and what can be done about it. */
export function PlanPanel({ plan, ...props }: TabProps & { plan: Plan }) {
  const [giving, setGiving] = useState(false)
  const give = () => setGiving(true)
  const missing = !plan.otherTab && needsAgain(plan, heldFor(plan.key))
  const look = LOOKS[plan.stopped && plan.phase === 'halted' ? 'stopped' : plan.phase]
  return (
    <section aria-label="Plan">
      <Notice
        tone={look.tone}
        role={look.role}
        title={`${planTitle(plan)}${plan.otherTab ? ', in another tab' : ''}${look.title}`}
        actions={
          plan.phase === 'running' ? (
            <Running plan={plan} missing={missing} onGive={give} {...props} />
          ) : (
            <Halted plan={plan} missing={missing} onGive={give} {...props} />
          )
        }
      >
        {plan.note && <p className="wrap-anywhere">{plan.note}</p>}
        <PlanSteps plan={plan} />
        {plan.phase === 'running' && missing && <p className="mt-1.5">{missingText(plan)}</p>}
        {plan.phase !== 'running' && <Left plan={plan} {...props} />}
        {plan.otherTab && plan.phase === 'halted' && (
          <p className="mt-1.5">It can go on in the tab where it was begun.</p>
        )}
      </Notice>
      {giving && <ReimageDialog {...props} again={plan} lost={LOST} onClose={() => setGiving(false)} />}
    </section>
  )
}

const LOOKS = {
  running: { tone: 'info', role: undefined, title: '' },
  stopped: { tone: 'warn', role: 'status', title: ': stopped' },
  halted: { tone: 'danger', role: 'alert', title: ': halted' },
  done: { tone: 'ok', role: 'status', title: ': done' },
} as const

const LOST =
  'Re-imaging erases the first disc and installs a system on it. Afterwards it is on, and autoreboot_on is off.'

function missingText({ kind }: Plan): string {
  const until = kind === 'reimage' ? ' until they are given again' : ''
  return `${guidedOf(kind).forgotten}. It cannot go on past the shutdown${until}.`
}

type ButtonsProps = TabProps & { plan: Plan; missing: boolean; onGive: () => void }

function Running({ plan, group, machine, missing, onGive }: ButtonsProps) {
  const now = useNow()
  const operation = useOperations().find(({ key }) => key === stepOf(plan)?.operation)
  // Another tab's step is that tab's to replace; Stop, above, halts it first.
  const waits = !plan.otherTab && operation?.action === shutDown.name && operation.phase === 'waiting'
  return (
    <>
      {missing && plan.kind === 'reimage' && <Button onClick={onGive}>Give them again</Button>}
      {waits && isOverdue(operation, now) && (
        <>
          <Button onClick={() => keepWaiting(operation.key)}>Keep waiting</Button>
          <Button onClick={() => ask(shutDown, group, machine, plan.key)}>Send again</Button>
        </>
      )}
      {waits && <Button onClick={() => ask(stop, group, machine, plan.key)}>Stop now</Button>}
      <Button variant="quiet" onClick={() => stopPlan(plan.key)}>
        Stop the plan
      </Button>
    </>
  )
}

function Halted({ plan, group, machine, missing, onGive }: ButtonsProps) {
  const disabledReasonOf = useDisabledReason(machine)
  const { vm } = machine
  const { autoreboot_on } = plan.before
  const next = stepOf(plan)
  const buttons: Record<WayOn, { label: string; disabledReason: string | null; act: () => void }> = {
    resume: {
      label: startsOver(plan, vm) ? 'Shut it down again and go on' : 'Go on',
      disabledReason: next ? forbiddenReason(actions[next.action], plan.target) : null,
      act: () => resumePlan(plan.key, vm),
    },
    give: {
      label: missing ? 'Give them again' : 'Change what is installed',
      disabledReason: null,
      act: onGive,
    },
    start: {
      label: 'Start it again',
      disabledReason: disabledReasonOf(start),
      act: () => void begin(start, bind(start, { autoreboot_on }), group, machine),
    },
    put_back: {
      label: `Put autoreboot_on back to ${autoreboot_on ? 'yes' : 'no'}`,
      disabledReason: disabledReasonOf(autorebootTo(autoreboot_on)),
      act: () => ask(autorebootTo(autoreboot_on), group, machine),
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

function Left({ plan, machine }: TabProps & { plan: Plan }) {
  const left = whatIsLeft(plan, machine, useOperations())
  return <p className="mt-1.5 wrap-anywhere">{left.join(' ')}</p>
}
