import type { MachineAction } from '../actions/action.ts'
import type { MachineData } from '../api/virtual-machines.ts'
import { busyReason } from './exclusive.ts'
import { readOnlyReason } from './read-only.ts'
import { forbiddenReason } from './forbidden.ts'
import type { Operation } from './operation.ts'
import { planReason, type Plan } from './plans/plan.ts'

/**
 * Takes an action and all that bears on it, and returns why it cannot be done now, or null: the writes are switched off,
 * BigV has refused it to this user before, a plan runs on the machine, another operation is running, or the machine is not in a state for it.
 */
export function gate(
  action: MachineAction,
  machine: MachineData,
  running: Operation | undefined,
  readOnly: boolean,
  now: number,
  plan?: Plan,
): string | null {
  return (
    readOnlyReason(readOnly) ??
    forbiddenReason(action, { account: '', group: '', id: machine.vm.id, name: '' }) ??
    planReason(action, plan) ??
    busyReason(action, running, now) ??
    action.disabledReason(machine)
  )
}
