import { useState } from 'react'
import { traceLine, type ApiError } from '../../api/errors.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { beginOperation } from '../../operations/run.ts'
import { machineDisabledReason } from '../../operations/disabled-reason.ts'
import { autorebootChange } from '../../actions/power.ts'
import { powerSentence } from '../../operations/state.ts'
import { isTyped } from '../../lib/shown.ts'
import { usePlanOn } from '../../operations/plans/use-plans.ts'
import { planTitle } from '../../operations/plans/wording.ts'
import { useRunning, useReadOnly } from '../../operations/use-operations.ts'
import { waitingSentence } from '../../operations/waiting-restart.ts'
import { useWaitingChanges } from '../../operations/waiting-store.ts'
import { bind } from '../../actions/action.ts'
import { actions } from '../../actions/index.ts'
import { yesNo } from '../../lib/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormError } from '../../ui/fields/form-error.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TypeToConfirm } from '../machine/type-to-confirm.tsx'
import { useNowSelected } from '../../lib/use-now.ts'
import type { Asked } from './asked.ts'
import { RequestPreview } from './request-preview.tsx'

interface Props {
  asked: Asked
  onClose: () => void
}

/** Asks before an action that interrupts a guest: what happens, what may be lost, what will be sent. */
export function ConfirmOperation({ asked, onClose }: Props) {
  const { action, ref } = asked
  const [machine, setReading] = useState(asked.machine)
  const [changes, setChanges] = useState<string[]>([])
  const [problem, setProblem] = useState<{ refused: string } | { unread: ApiError } | null>(null)
  const [checking, setChecking] = useState(false)
  const running = useRunning(machine.vm.id)
  const readOnly = useReadOnly()
  const plan = usePlanOn(machine.vm.id)
  const own = plan !== undefined && plan.key === asked.plan
  const { vm } = machine
  const { label } = action
  const bound = bind(action)
  // While it is checked the operation running is our own.
  const disabledReason = useNowSelected((now) =>
    machineDisabledReason(
      action,
      machine,
      checking ? undefined : running,
      readOnly,
      now,
      own ? undefined : plan,
    ),
  )
  const waits = waitingSentence(action, useWaitingChanges(ref.account, vm.id))
  const [typed, setTyped] = useState('')
  const wantsName = action.asks === 'for the name'
  const unnamed =
    wantsName && !isTyped(typed, vm.name) ? `Type the name of the machine, ${vm.name}, first.` : null
  const requests = bound.requests(ref, vm)
  const autoreboot = autorebootChange(requests, vm.autoreboot_on)

  const confirm = async () => {
    setChecking(true)
    setProblem(null)
    const { id, name, power_on, autoreboot_on } = vm
    const begun = await beginOperation({
      bound,
      ref,
      id,
      name,
      decidedOn: { name, power_on, autoreboot_on },
      ...(asked.plan && { plan: asked.plan }),
    })
    setChecking(false)
    if (begun.is === 'begun') onClose()
    else if (begun.is === 'refused') setProblem({ refused: begun.reason })
    else if (begun.is === 'unread') setProblem({ unread: begun.error })
    else {
      setChanges(differences(machine, begun.machine))
      setReading(begun.machine)
    }
  }

  return (
    <Dialog
      open
      alert
      onOpenChange={(open) => !open && onClose()}
      title={`${label} ${vm.name}?`}
      description={action.explains}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={action.loses === 'data' ? 'danger' : 'primary'}
            disabledReason={disabledReason ?? unnamed}
            pending={checking}
            onClick={() => void confirm()}
          >
            {label}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p className="text-muted">Now: {powerSentence(vm)}</p>
        {autoreboot && (
          <p>
            This changes <code>autoreboot_on</code>: {yesNo(autoreboot.before)} → {yesNo(autoreboot.after)}.
          </p>
        )}
        {plan?.phase === 'running' && !checking && disabledReason === null && (
          <Notice tone="warn">
            {own
              ? `“${planTitle(plan)}” goes on with this.`
              : `“${planTitle(plan)}” is under way. This halts it: nothing more is sent for it.`}
          </Notice>
        )}
        {running && !own && !checking && disabledReason === null && (
          <Notice tone="warn">“{actions[running.action].label}” is running. It will be replaced.</Notice>
        )}
        {changes.length > 0 && (
          <Notice tone="warn" role="alert" title="It has changed since this question was asked">
            {changes.join(' ')} Nothing was sent. Is it still what you want?
          </Notice>
        )}
        {problem && 'refused' in problem && <FormError title="Nothing was sent" text={problem.refused} />}
        {problem && 'unread' in problem && (
          <FormError
            title="Nothing was sent"
            text={`The machine has to be read first, and that failed. ${problem.unread.message}`}
            details={traceLine(problem.unread.trace)}
          />
        )}
        {waits && <Notice tone="warn">{waits}</Notice>}
        <RequestPreview requests={requests} />
        {wantsName && <TypeToConfirm name={vm.name} typed={typed} onType={setTyped} />}
      </div>
    </Dialog>
  )
}

function differences(before: MachineData, now: MachineData): string[] {
  const sentences: string[] = []
  if (before.vm.name !== now.vm.name) sentences.push(`It is called ${now.vm.name} now.`)
  if (before.vm.power_on !== now.vm.power_on)
    sentences.push(now.vm.power_on ? 'It is on now.' : 'It is off now.')
  if (before.vm.autoreboot_on !== now.vm.autoreboot_on) {
    sentences.push(
      `autoreboot_on is ${yesNo(now.vm.autoreboot_on)} now, not ${yesNo(before.vm.autoreboot_on)}.`,
    )
  }
  return sentences
}
