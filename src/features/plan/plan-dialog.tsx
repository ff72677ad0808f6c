import { useMutation, type MutateOptions } from '@tanstack/react-query'
import { useState } from 'react'
import type { BoundAction } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { nameOf } from '../../actions/index.ts'
import { shutDown } from '../../actions/power.ts'
import { fetchFailedText, traceLine } from '../../api/errors.ts'
import type { MachineInGroup } from '../../api/virtual-machines.ts'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { OtpForecast } from '../../components/otp.tsx'
import { numberIn } from '../../lib/units.ts'
import { planAfter } from '../../operations/batch/otp-forecast.ts'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { stepsFor, type Plan } from '../../operations/plan.ts'
import { beginPlan, planRequests } from '../../operations/plans/begin-plan.ts'
import type { Begun } from '../../operations/run.ts'
import { decidedOnFrom, inWords } from '../../operations/state.ts'
import { ActionFailure } from '../../operations/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { CheckboxField } from '../../ui/fields/checkbox.tsx'
import { NumberField } from '../../ui/fields/text-field.tsx'
import { FormError } from '../../ui/notice.tsx'

interface Props extends MachineInGroup {
  /** The action to run once the machine is off. It must have a `guided` property. */
  bound: BoundAction
  onBegun?: () => void
  onClose: () => void
}

/** Asks before shutting down a running machine so that an action can run on it. */
export function PlanDialog({ group, machine, bound, onBegun, onClose }: Props) {
  const { vm } = machine
  const [force, setForce] = useState(NOT_FORCED)
  const { begin, beginning, failure, disabledReason } = useBeginPlan({ group, machine }, () => {
    onBegun?.()
    onClose()
  })
  const problem = forceProblem(force)
  const forceAfter = problem === null ? forceAfterOf(force) : null
  const { guided } = bound.action
  const changes = guided?.changes?.(bound.serialize(vm) ?? {})
  const autoreboot = guided?.startsAgain
    ? null
    : autorebootChange(bound.requests(group, vm), vm.autoreboot_on)
  return (
    <Dialog
      alert
      onClose={onClose}
      title={guided?.confirmation?.title(vm.name) ?? `${guided?.title} ${vm.name}?`}
      description={guided?.confirmation?.explains}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabledReason={disabledReason ?? problem}
            pending={beginning}
            onClick={() => begin(bound, forceAfter)}
          >
            {guided?.title}
          </Button>
        </>
      }
    >
      <div className="grid gap-3.5">
        {changes && <p className="font-semibold">{changes}</p>}
        {guided?.startsAgain && (
          <p>
            {vm.autoreboot_on
              ? 'Automatic restart is turned off before the shutdown, and back on when the machine starts.'
              : 'Automatic restart stays off.'}
          </p>
        )}
        {autoreboot && <p>This turns automatic restart {autoreboot.after ? 'on' : 'off'}.</p>}
        <ForceField value={force} onChange={setForce} />
        <PlanForecast plan={{ action: nameOf(bound.action), steps: stepsFor(bound.action), forceAfter }} />
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        <RequestPreview requests={planRequests(group, vm, bound, forceAfter)} />
      </div>
    </Dialog>
  )
}

/** Says how many steps of a plan, new or running, would be sent after the OTP expires. */
export function PlanForecast({ plan }: { plan: Pick<Plan, 'action' | 'steps' | 'forceAfter'> }) {
  return <OtpForecast total={plan.steps.length} of="steps" after={(end, now) => planAfter(plan, end, now)} />
}

/** Returns `begin`, which begins a plan from a form, with its state and failure. `onBegun` is called even if the form has been closed. */
export function useBeginPlan({ group, machine }: MachineInGroup, onBegun?: () => void) {
  const disabledReason = useDisabledReason(machine)(shutDown)
  const { mutate, isPending, error } = useMutation<void, ActionFailure, Beginning>({
    mutationFn: async ({ bound, forceAfter }) => {
      const decidedOn = decidedOnFrom(bound, machine)
      const begun = await beginPlan({ bound, ref: group, id: machine.vm.id, decidedOn, forceAfter })
      if (begun.is !== 'begun') throw failureOf(begun)
    },
    ...(onBegun && { onSuccess: onBegun }),
  })
  return {
    begin: (
      bound: BoundAction,
      forceAfter: number | null,
      options?: MutateOptions<void, ActionFailure, Beginning>,
    ) => mutate({ bound, forceAfter }, options),
    beginning: isPending,
    failure: error,
    /** Null while the plan is beginning, as the running operation is then the plan's own. */
    disabledReason: isPending ? null : disabledReason,
  }
}

interface Beginning {
  bound: BoundAction
  forceAfter: number | null
}

function failureOf(begun: Exclude<Begun, { is: 'begun' }>): ActionFailure {
  const sent = false
  switch (begun.is) {
    case 'refused':
      return new ActionFailure('Nothing was sent', begun.reason, { sent })
    case 'fetch failed': {
      const { error } = begun
      return new ActionFailure('Nothing was sent', fetchFailedText(error), {
        details: traceLine(error.trace),
        sent,
      })
    }
    case 'changed':
      return new ActionFailure(
        `${begun.machine.vm.name} changed while this dialog was open`,
        `Nothing was sent. The machine is now: ${inWords(begun.machine)}. Do you still want this?`,
        { sent },
      )
  }
}

/** The setting to force the machine off if the guest doesn't shut down; the seconds as entered. */
export interface Force {
  on: boolean
  seconds: string
}

/** The default: off. A shutdown is overdue after 120 s (src/actions/power.ts). */
export const NOT_FORCED: Force = { on: false, seconds: '120' }

/** The wait in ms, or null if the machine is never forced off. */
export function forceAfterOf({ on, seconds }: Force): number | null {
  return on ? numberIn(seconds) * 1000 : null
}

/** Why the seconds are invalid, or null. */
export function forceProblem({ on, seconds }: Force): string | null {
  const value = numberIn(seconds)
  if (!on || (Number.isInteger(value) && value >= 10 && value <= 3600)) return null
  return 'Enter a whole number of seconds, 10 to 3600.'
}

export function ForceField({ value, onChange }: { value: Force; onChange: (value: Force) => void }) {
  const problem = forceProblem(value)
  return (
    <div className="grid gap-3 sm:grid-cols-[1fr_10rem] sm:items-start">
      <CheckboxField
        label="Force stop if it doesn’t shut down"
        hint="If ticked, the power is cut and unsaved data is lost. If not, the plan waits until you decide."
        checked={value.on}
        onChange={(event) => onChange({ ...value, on: event.currentTarget.checked })}
      />
      {value.on && (
        <NumberField
          label="After"
          unit="s"
          value={value.seconds}
          errors={problem === null ? undefined : [problem]}
          onChange={(event) => onChange({ ...value, seconds: event.currentTarget.value })}
        />
      )}
    </div>
  )
}
