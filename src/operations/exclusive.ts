import type { Action, MachineAction } from '../actions/action.ts'
import { actions, machineActionOf } from '../actions/index.ts'
import { isOverdue } from './overdue.ts'
import type { Operation } from './operation.ts'

/**
 * Takes an action and the operation that is in flight on the machine, and returns why the action has to wait, or null.
 * One operation at a time per machine; what is aside goes at any time; some may replace a waiting one; an overdue one blocks
 * nothing (design: "Operations").
 */
export function busyRefusal(
  action: Action & Partial<Pick<MachineAction, 'aside' | 'replaces'>>,
  inFlight: Operation | undefined,
  now: number,
): string | null {
  if (inFlight === undefined || action.aside) return null
  if (inFlight.phase === 'waiting') {
    if (isOverdue(inFlight, now)) return null
    if (action.replaces && machineActionOf(inFlight.action)?.replaceable) return null
  }
  return `“${actions[inFlight.action].label}” is still in flight.`
}
