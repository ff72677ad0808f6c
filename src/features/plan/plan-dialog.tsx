import type { MachineInGroup } from '../../components/machine/machine-in-group.ts'
import { FormError } from '../../ui/notice.tsx'
import { useState } from 'react'
import type { BoundAction } from '../../actions/action.ts'
import { shutDown } from '../../actions/power.ts'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { yesNo } from '../../lib/text.ts'
import { planRequests } from '../../operations/plans/begin-plan.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ForceField, forceAfterOf, forceProblem, NOT_FORCED, useBeginPlan } from './begin-plan.tsx'

interface Props extends MachineInGroup {
  /** What is done once the machine is off; its action says in `guided` how. */
  bound: BoundAction
  onBegun?: () => void
  onClose: () => void
}

/** Asks before a machine that runs is shut down for the sake of an action. */
export function PlanDialog({ group, machine, bound, onBegun, onClose }: Props) {
  const { vm } = machine
  const [force, setForce] = useState(NOT_FORCED)
  const { begin, beginning, failure } = useBeginPlan({ group, machine })
  const disabledReasonOf = useDisabledReason(machine)
  const problem = forceProblem(force)
  const forceAfter = problem === null ? forceAfterOf(force) : null
  const { guided } = bound.action
  const changes = guided?.changes?.(bound.keep(vm) ?? {})
  const autoreboot = guided?.startsAgain
    ? null
    : autorebootChange(bound.requests(group, vm), vm.autoreboot_on)
  const confirm = async () => {
    if (!(await begin(bound, forceAfter))) return
    onBegun?.()
    onClose()
  }
  return (
    <Dialog
      open
      alert
      onOpenChange={(open) => !open && onClose()}
      title={guided?.asks?.title(vm.name) ?? `${guided?.title} ${vm.name}?`}
      description={guided?.asks?.explains}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabledReason={disabledReasonOf(shutDown) ?? problem}
            pending={beginning}
            onClick={() => void confirm()}
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
            While it is off, <code>autoreboot_on</code> is no; it is started with {yesNo(vm.autoreboot_on)},
            as it has now.
          </p>
        )}
        {autoreboot && (
          <p>
            This changes <code>autoreboot_on</code>: {yesNo(autoreboot.before)} → {yesNo(autoreboot.after)}.
          </p>
        )}
        <ForceField value={force} onChange={setForce} />
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        <RequestPreview requests={planRequests(group, vm, bound, forceAfter)} />
      </div>
    </Dialog>
  )
}
