import { shutDown } from '../../actions/power.ts'
import { useState } from 'react'
import { RequestPreview } from '../../components/actions/request-preview.tsx'
import { useDisabledReason } from '../../operations/disabled-reason.ts'
import { planRequests } from '../../operations/plans/requests.ts'
import { changesInWords } from '../../operations/plans/wording.ts'
import { yesNo } from '../../lib/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormError } from '../../ui/fields/form-error.tsx'
import { ForceField, forceAfterOf, forceProblem, NOT_FORCED } from './force-field.tsx'
import type { TabProps } from '../../components/machine/tab-props.ts'
import { useBeginPlan } from './use-begin-plan.ts'

const NOTHING = {}

interface Props extends TabProps {
  kind: 'change' | 'rescue'
  /** For change: what is written, and the group that it moves the machine to. */
  patch?: Readonly<Record<string, unknown>>
  movesTo?: string | null
  onBegun: () => void
  onClose: () => void
}

/** Asks before a machine that runs is shut down to be changed, or to be started for rescue. */
export function PlanDialog({
  group,
  machine,
  kind,
  patch = NOTHING,
  movesTo = null,
  onBegun,
  onClose,
}: Props) {
  const { vm } = machine
  const [force, setForce] = useState(NOT_FORCED)
  const { begin, beginning, failure } = useBeginPlan()
  const disabledReasonOf = useDisabledReason(machine)
  const problem = forceProblem(force)
  const attributes = Object.fromEntries(Object.keys(patch).map((name) => [name, vm[name]]))
  const main = kind === 'change' ? { kind, patch, movesTo } : { kind }
  const planned = { ...main, forceAfter: problem === null ? forceAfterOf(force) : null }
  const confirm = async () => {
    if (!(await begin({ ...planned, group, machine }))) return
    onBegun()
    onClose()
  }
  const { title, label, text } = WORDS[kind]
  return (
    <Dialog
      open
      alert
      onOpenChange={(open) => !open && onClose()}
      title={title(vm.name)}
      description={text}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabledReason={disabledReasonOf(shutDown) ?? problem}
            pending={beginning}
            onClick={() => void confirm()}
          >
            {label}
          </Button>
        </>
      }
    >
      <div className="grid gap-3.5">
        {kind === 'change' && (
          <>
            <p className="font-semibold">
              {changesInWords({ patch, movesTo, before: { autoreboot_on: vm.autoreboot_on, attributes } })}
            </p>
            <p>
              While it is off, <code>autoreboot_on</code> is no; it is started with {yesNo(vm.autoreboot_on)},
              as it has now.
            </p>
          </>
        )}
        {kind === 'rescue' && !vm.autoreboot_on && (
          <p>
            This changes <code>autoreboot_on</code>: no → yes.
          </p>
        )}
        <ForceField value={force} onChange={setForce} />
        {failure && <FormError title={failure.title} text={failure.text} details={failure.details} />}
        <RequestPreview requests={planRequests(group, vm, planned)} />
      </div>
    </Dialog>
  )
}

const WORDS = {
  change: {
    title: (name: string) => `Shut down ${name}, change it and start it?`,
    label: 'Shut down, change, start',
    text: 'Presses the ACPI power button, waits until the machine is seen off, changes it, and starts it again. Each step is shown, and it can be stopped between them.',
  },
  rescue: {
    title: (name: string) => `Shut down ${name} and start its rescue system?`,
    label: 'Shut down, start rescue',
    text: 'Presses the ACPI power button, waits until the machine is seen off, and starts it once with BigV’s rescue system. An older BigV ignores that, and starts it as usual: what came back is shown.',
  },
} as const
