import { isOverdue } from './overdue.ts'
import type { Action, Operation } from './operation.ts'
import { words } from './wording.ts'

const MAY_REPLACE = new Set<Action>(['stop', 'reset'])
const REPLACEABLE = new Set<Action>(['start', 'shut_down', 'restart', 'reboot'])

/**
 * Takes an action and the operation that is in flight on the machine, and returns why the action has to wait, or null.
 * One operation at a time per machine; keys go at any time; Stop and Reset may replace a waiting Start, Shut down,
 * Restart or Reboot; an overdue one blocks nothing (design: "Operations").
 */
export function busyRefusal(action: Action, inFlight: Operation | undefined, now: number): string | null {
  if (inFlight === undefined || action === 'send_keys') return null
  if (inFlight.phase === 'waiting') {
    if (isOverdue(inFlight, now)) return null
    if (MAY_REPLACE.has(action) && REPLACEABLE.has(inFlight.action)) return null
  }
  return `“${words[inFlight.action].label}” is still in flight.`
}
