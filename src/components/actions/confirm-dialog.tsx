import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { bind, type SimpleAction } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { actions } from '../../actions/index.ts'
import { traceLine } from '../../api/errors.ts'
import type { MachineData, MachineInGroup } from '../../api/virtual-machines.ts'
import { isTyped } from '../../lib/shown.ts'
import { yesNo } from '../../lib/text.ts'
import { useNowSelected } from '../../lib/use-now.ts'
import { machineDisabledReason } from '../../operations/disabled-reason.ts'
import { pendingSentence, usePendingChanges } from '../../operations/pending-restart.ts'
import { usePlanOn } from '../../operations/plan-store.ts'
import { planTitle } from '../../operations/plan.ts'
import { useReadOnly } from '../../operations/read-only.ts'
import { beginOperation, type Begun } from '../../operations/run.ts'
import { decidedOnFrom, powerSentence } from '../../operations/state.ts'
import { useRunning } from '../../operations/store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'
import { TypeToConfirm } from '../machine/type-to-confirm.tsx'
import { RequestPreview } from './request-preview.tsx'

/** An action to confirm. */
export interface Confirmation extends MachineInGroup {
  action: SimpleAction
  /** The key of the plan that continues with the action. */
  plan?: string | undefined
}

/** Confirms an action that interrupts a guest: what happens, what may be lost, what will be sent. */
export function ConfirmDialog({
  action,
  group,
  machine: opened,
  plan: forPlan,
  onClose,
}: Confirmation & { onClose: () => void }) {
  const [machine, setMachine] = useState(opened)
  const [changes, setChanges] = useState<string[]>([])
  const [typed, setTyped] = useState('')
  const { vm } = machine
  const bound = bind(action)
  const {
    mutate: begin,
    data: begun,
    isPending: checking,
  } = useMutation({
    mutationFn() {
      const { id, name } = vm
      const decidedOn = decidedOnFrom(bound, machine)
      return beginOperation({ bound, ref: group, id, name, decidedOn, ...(forPlan && { plan: forPlan }) })
    },
  })
  const problem = begun && problemOf(begun)
  const running = useRunning(vm.id)
  const readOnly = useReadOnly()
  const plan = usePlanOn(vm.id)
  const own = plan !== undefined && plan.key === forPlan
  // While checking, the running operation is this dialog's own.
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
  const waits = pendingSentence(action, usePendingChanges(group.account, vm.id))
  const wantsName = action.confirmation === 'name'
  const unnamed =
    wantsName && !isTyped(typed, vm.name) ? `Type the name of the machine, ${vm.name}, first.` : null
  const requests = bound.requests(group, vm)
  const autoreboot = autorebootChange(requests, vm.autoreboot_on)

  const confirm = () =>
    begin(undefined, {
      onSuccess(begun) {
        if (begun.is === 'begun') onClose()
        if (begun.is !== 'changed') return
        setChanges(differences(machine, begun.machine))
        setMachine(begun.machine)
      },
    })

  return (
    <Dialog
      alert
      onClose={onClose}
      title={`${action.label} ${vm.name}?`}
      description={action.explains}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={action.loses === 'data' ? 'danger' : 'primary'}
            disabledReason={disabledReason ?? unnamed}
            pending={checking}
            onClick={confirm}
          >
            {action.label}
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
        {problem && <FormError title="Nothing was sent" text={problem.text} details={problem.details} />}
        {waits && <Notice tone="warn">{waits}</Notice>}
        <RequestPreview requests={requests} />
        {wantsName && <TypeToConfirm name={vm.name} typed={typed} onType={setTyped} />}
      </div>
    </Dialog>
  )
}

function problemOf(begun: Begun): { text: string; details?: string } | null {
  if (begun.is === 'refused') return { text: begun.reason }
  if (begun.is !== 'fetch failed') return null
  const { message, trace } = begun.error
  return {
    text: `The machine has to be read first, and that failed. ${message}`,
    details: traceLine(trace),
  }
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
