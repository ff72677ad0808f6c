import { useState } from 'react'
import { bind, type SimpleAction } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { simpleActions } from '../../actions/index.ts'
import type { MachineInGroup, VirtualMachine } from '../../api/virtual-machines.ts'
import { putBack, putBackLabel } from '../../components/actions/put-back.ts'
import { leftChanged } from '../../operations/left-changed.ts'
import { usePlanOn } from '../../operations/plan-store.ts'
import { powerSentence } from '../../operations/state.ts'
import { useOperations, useRunning } from '../../operations/store.ts'

/** The power state in words, an offer to undo the last change of automatic restart, and each power action's outcome. */
export function PowerState(props: MachineInGroup) {
  const { vm, creating } = props.machine
  const operation = useRunning(vm.id)
  return (
    <>
      <p className="mt-1.5 text-xs text-muted">
        {powerSentence(vm, creating, operation)} <UndoAutoreboot {...props} />
      </p>
      <PowerOutcomes {...props} />
    </>
  )
}

/** Offers to put automatic restart back, if an action left it changed. */
function UndoAutoreboot({ group, machine: { vm } }: MachineInGroup) {
  const left = leftChanged(useOperations(), vm.id)
  // While there is a plan, its panel has a button to undo the change.
  const plan = usePlanOn(vm.id)
  if (plan !== undefined || left === null || vm.deleted || vm.autoreboot_on !== left.after) return null
  const changed = { target: { ...group, id: vm.id, name: vm.name }, autoreboot: left }
  return (
    <button type="button" className="min-h-6 underline hover:text-text" onClick={() => void putBack(changed)}>
      {putBackLabel(changed)}
    </button>
  )
}

/** Lists each power action's outcome below the state. On a phone, a button opens the list. */
function PowerOutcomes(props: MachineInGroup) {
  const [open, setOpen] = useState(false)
  const outcomes = powerOutcomes(props)
  if (outcomes.length === 0) return null
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="min-h-6 text-xs text-muted underline pointer-coarse:min-h-9 sm:hidden"
      >
        What each power action does
      </button>
      <dl
        aria-label="What each power action does"
        className={`mt-1 flex flex-wrap gap-x-4 text-xs text-muted print:hidden ${open ? '' : 'max-sm:hidden'}`}
      >
        {outcomes.map(({ event, outcome }) => (
          <div key={event} className="flex flex-wrap gap-x-1">
            <dt className="font-semibold">{event}:</dt>
            <dd>{outcome}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** The outcome of each available power action, and of doing nothing (docs/bigv-api.md#power and #signals). */
export function powerOutcomes({ group, machine }: MachineInGroup): { event: string; outcome: string }[] {
  const { power_on, autoreboot_on, deleted } = machine.vm
  // Nobody knows what a machine does while it is still being created.
  if (deleted || machine.creating) return []
  const labels = new Map<string, string[]>()
  for (const action of Object.values(simpleActions).filter(isPowerAction)) {
    if (action.disabledReason(machine) !== null) continue
    const change = autorebootChange(bind(action).requests(group, machine.vm), autoreboot_on)
    const turns = change ? ` (turns automatic restart ${change.after ? 'on' : 'off'})` : ''
    const outcome = outcomeOf(action, machine.vm) + turns
    labels.set(outcome, [...(labels.get(outcome) ?? []), action.label])
  }
  return [
    ...[...labels].map(([outcome, each]) => ({ event: each.join(', '), outcome })),
    power_on
      ? { event: 'Guest powers off', outcome: autoreboot_on ? 'on again automatically' : 'stays off' }
      : { event: 'No action', outcome: autoreboot_on ? 'on automatically' : 'stays off' },
  ]
}

function isPowerAction({ menu }: SimpleAction): boolean {
  return menu === 'power' || menu === 'graceful' || menu === 'forced'
}

function outcomeOf(
  { leavesOff, powersOff }: SimpleAction,
  { power_on, autoreboot_on }: VirtualMachine,
): string {
  if (leavesOff) return power_on ? 'off, and stays off' : 'stays off'
  if (powersOff) return 'off, then on again'
  if (power_on) return 'stays on'
  return autoreboot_on ? 'on at once' : 'on, and restarts automatically'
}
