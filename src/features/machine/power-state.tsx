import { useState } from 'react'
import { bind, type SimpleAction } from '../../actions/action.ts'
import { autorebootChange } from '../../actions/autoreboot.ts'
import { actions, simpleActionOf, simpleActions } from '../../actions/index.ts'
import type { MachineInGroup, VirtualMachine } from '../../api/virtual-machines.ts'
import { putBack, putBackLabel } from '../../components/actions/put-back.ts'
import type { Operation } from '../../operations/operation.ts'
import { usePlanOn } from '../../operations/plan-store.ts'
import { powerSentence } from '../../operations/state.ts'
import { useOperations } from '../../operations/store.ts'

/** What power_on and autoreboot_on mean: now, after the last operation, and for each power action. */
export function PowerState(props: MachineInGroup) {
  const { vm } = props.machine
  return (
    <>
      <p className="mt-1.5 text-xs text-muted">
        {powerSentence(vm)} <PutBack vm={vm} />
      </p>
      <PowerOutlook {...props} />
    </>
  )
}

type Power = Pick<VirtualMachine, 'id' | 'autoreboot_on' | 'deleted'>

/** Offers to undo what the last operation has done to autoreboot_on. */
function PutBack({ vm }: { vm: Power }) {
  const last = changedAutoreboot(useOperations(), vm)
  // A plan has its own panel for that.
  const plan = usePlanOn(vm.id)
  if (plan !== undefined || !last?.autoreboot) return null
  const { after } = last.autoreboot
  return (
    <>
      “{actions[last.action].label}” turned automatic restart {after ? 'on' : 'off'}.{' '}
      {last.phase === 'ended' && (
        <button
          type="button"
          className="min-h-6 underline hover:text-text"
          onClick={() => void putBack(last)}
        >
          {putBackLabel(last)}
        </button>
      )}
    </>
  )
}

/** The last operation on the machine, if it has changed autoreboot_on and nothing has since. Key presses do not count. */
export function changedAutoreboot(operations: readonly Operation[], vm: Power): Operation | undefined {
  const last = operations.findLast(
    ({ action, blocksNothing, target }) =>
      target.id === vm.id && actions[action].on === 'machine' && !blocksNothing,
  )
  if (!last?.autoreboot || simpleActionOf(last.action)?.menu === 'autoreboot') return undefined
  return vm.deleted || vm.autoreboot_on !== last.autoreboot.after ? undefined : last
}

/** What each power action would do next: below the state; on a phone when asked for. */
function PowerOutlook(props: MachineInGroup) {
  const [open, setOpen] = useState(false)
  const outlook = powerOutlook(props)
  if (outlook.length === 0) return null
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
        className={`mt-1 flex flex-wrap gap-x-4 text-xs text-muted ${open ? '' : 'max-sm:hidden'}`}
      >
        {outlook.map(({ what, next }) => (
          <div key={what} className="flex flex-wrap gap-x-1">
            <dt className="font-semibold">{what}:</dt>
            <dd>{next}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** The outcome of each available power action, and of none (docs/bigv-api.md#power and #signals). */
export function powerOutlook({ group, machine }: MachineInGroup): { what: string; next: string }[] {
  const { power_on, autoreboot_on, deleted } = machine.vm
  if (deleted) return []
  const labels = new Map<string, string[]>()
  for (const action of Object.values(simpleActions).filter(isPowerAction)) {
    if (action.disabledReason(machine) !== null) continue
    const change = autorebootChange(bind(action).requests(group, machine.vm), autoreboot_on)
    const turns = change ? ` (turns automatic restart ${change.after ? 'on' : 'off'})` : ''
    const next = nextOf(action, machine.vm) + turns
    labels.set(next, [...(labels.get(next) ?? []), action.label])
  }
  return [
    ...[...labels].map(([next, each]) => ({ what: each.join(', '), next })),
    power_on
      ? { what: 'Guest powers off', next: autoreboot_on ? 'on again automatically' : 'stays off' }
      : { what: 'No action', next: autoreboot_on ? 'on automatically' : 'stays off' },
  ]
}

function isPowerAction({ menu }: SimpleAction): boolean {
  return menu === 'power' || menu === 'graceful' || menu === 'forced'
}

function nextOf({ leavesOff, powersOff }: SimpleAction, { power_on, autoreboot_on }: VirtualMachine): string {
  if (leavesOff) return power_on ? 'off, and stays off' : 'stays off'
  if (powersOff) return 'off, then on again'
  if (power_on) return 'stays on'
  return autoreboot_on ? 'on at once' : 'on, and restarts automatically'
}
