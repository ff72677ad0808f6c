import type { MachineAction } from '../actions/action.ts'
import type { MachineReading } from '../api/virtual-machines.ts'
import { busyRefusal } from './exclusive.ts'
import { lookOnlyRefusal } from './look-only.ts'
import { forbiddenRefusal } from './forbidden.ts'
import type { Operation } from './operation.ts'
import { planRefusal } from './plans/lock.ts'
import type { Plan } from './plans/plan.ts'

/**
 * Takes an action and all that bears on it, and returns why it cannot be done now, or null: the writes are switched off,
 * BigV has refused it to this user before, a plan runs on the machine, another operation is in flight, or the machine is not in a state for it.
 */
export function gate(
  action: MachineAction,
  reading: MachineReading,
  inFlight: Operation | undefined,
  lookOnly: boolean,
  now: number,
  plan?: Plan,
): string | null {
  return (
    lookOnlyRefusal(lookOnly) ??
    forbiddenRefusal(action, { account: '', group: '', id: reading.vm.id, name: '' }) ??
    planRefusal(action, plan) ??
    busyRefusal(action, inFlight, now) ??
    action.disabledReason(reading)
  )
}
