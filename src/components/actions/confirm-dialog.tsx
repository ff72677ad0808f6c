import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { bind, type SimpleAction } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { actions, nameOf } from '../../actions/index.ts'
import { traceLine } from '../../api/errors.ts'
import type { MachineData, MachineInGroup } from '../../api/virtual-machines.ts'
import { isTyped } from '../../lib/shown.ts'
import { useNowSelected } from '../../lib/use-now.ts'
import { machineDisabledReason } from '../../operations/disabled-reason.ts'
import { pendingSentence, usePendingChanges } from '../../operations/pending-restart.ts'
import { usePlanOn } from '../../operations/plan-store.ts'
import { planTitle } from '../../operations/plan.ts'
import { useReadOnly } from '../../session/read-only.ts'
import { beginOperation, type Begun } from '../../operations/run.ts'
import { decidedOnFrom } from '../../operations/state.ts'
import { useRunning } from '../../operations/store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'
import { TypeToConfirm } from '../machine/type-to-confirm.tsx'
import { LevelHint } from './level-hint.tsx'
import { RequestPreview } from './request-preview.tsx'

export interface Confirmation extends MachineInGroup {
  action: SimpleAction
  /** The key of the plan that continues with the action. */
  plan?: string | undefined
}

/** Confirms an action on a machine: shows what happens, what may be lost and the requests. */
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
  // While the dialog checks the machine, the running operation is the dialog's own.
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
  const nameProblem =
    wantsName && !isTyped(typed, vm.name) ? `Type the machine’s name, ${vm.name}, to confirm.` : null
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
      description={
        <>
          {action.loss && <strong>{action.loss(vm)}</strong>} <span>{action.explains}</span>
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant={action.loses === 'nothing' ? 'primary' : 'confirm-danger'}
            disabledReason={disabledReason ?? nameProblem}
            pending={checking}
            onClick={confirm}
          >
            {action.label}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        {/* An action that leaves the machine off says so above. */}
        {autoreboot && action.leavesOff !== true && (
          <p>This turns automatic restart {autoreboot.after ? 'on' : 'off'}.</p>
        )}
        {plan?.phase === 'running' && !checking && disabledReason === null && (
          <Notice tone="warn">
            {own
              ? `“${planTitle(plan)}” continues once you confirm.`
              : `“${planTitle(plan)}” is running. This halts it: its remaining steps aren’t sent.`}
          </Notice>
        )}
        {running && !own && !checking && disabledReason === null && (
          <Notice tone="warn">
            “{actions[running.action].label}” is{' '}
            {running.phase === 'queued' ? 'queued. This cancels it.' : 'running. This replaces it.'}
          </Notice>
        )}
        {changes.length > 0 && (
          <Notice tone="warn" role="alert" title={`${opened.vm.name} changed while this dialog was open`}>
            {changes.join(' ')} Nothing was sent. Do you still want to continue?
          </Notice>
        )}
        {problem && <FormError title="Nothing was sent" text={problem.text} details={problem.details} />}
        {waits && <Notice tone="warn">{waits}</Notice>}
        <LevelHint group={group} machine={machine} />
        <RequestPreview
          requests={requests}
          operation={{ action: nameOf(action), target: { ...group, id: vm.id, name: vm.name } }}
        />
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
    text: `Couldn’t load the machine’s current state first. ${message}`,
    details: traceLine(trace),
  }
}

function differences(before: MachineData, now: MachineData): string[] {
  const sentences: string[] = []
  if (before.vm.name !== now.vm.name) sentences.push(`The machine is now called ${now.vm.name}.`)
  if (before.vm.power_on !== now.vm.power_on)
    sentences.push(`The machine is now ${now.vm.power_on ? 'on' : 'off'}.`)
  if (before.vm.autoreboot_on !== now.vm.autoreboot_on) {
    sentences.push(`Automatic restart is now ${now.vm.autoreboot_on ? 'on' : 'off'}.`)
  }
  return sentences
}
