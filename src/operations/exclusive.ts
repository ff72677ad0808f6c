import type { Action, MachineAction } from '../actions/action.ts'
import { actions, machineActionOf } from '../actions/index.ts'
import { isOverdue } from './overdue.ts'
import type { Operation } from './operation.ts'

/**
 * Takes an action and the operation that is running on the machine, and returns why the action has to wait, or null.
 * One operation at a time per machine; what is aside goes at any time; some may replace a waiting one; an overdue one blocks
 * nothing (design: "Operations").
 */
export function busyReason(
  action: Action & Partial<Pick<MachineAction, 'aside' | 'replaces'>>,
  running: Operation | undefined,
  now: number,
): string | null {
  if (running === undefined || action.aside) return null
  if (running.phase === 'waiting') {
    if (isOverdue(running, now)) return null
    if (action.replaces && machineActionOf(running.action)?.replaceable) return null
  }
  return `“${actions[running.action].label}” is still running.`
}
