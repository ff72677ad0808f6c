import type { Action, MachineAction, Target } from '../actions/action.ts'
import { actions, machineActionOf } from '../actions/index.ts'
import type { MachineData } from '../api/virtual-machines.ts'
import { useNowSelected } from '../lib/use-now.ts'
import { forbiddenReason } from './forbidden.ts'
import { isOverdue, type Operation } from './operation.ts'
import { planReason } from './plans/plan.ts'
import type { Plan } from './plans/plan.ts'
import { usePlanOn } from './plans/store.ts'
import { readOnlyReason } from './read-only.ts'
import { useOperations, useReadOnly, useRunning } from './use-operations.ts'

/** Returns the function that says why an action cannot be done on this machine now, or null. */
export function useDisabledReason(machine: MachineData): (action: MachineAction) => string | null {
  const running = useRunning(machine.vm.id)
  const readOnly = useReadOnly()
  const plan = usePlanOn(machine.vm.id)
  // Time matters only where an operation running becomes overdue.
  useNowSelected((now) => running !== undefined && isOverdue(running, now))
  return (action) => machineDisabledReason(action, machine, running, readOnly, Date.now(), plan)
}

/** The same of actions on what is no machine, or none yet. */
export function useThingDisabledReason(): (action: Action, target: Target) => string | null {
  const readOnly = useReadOnly()
  // A 403 is remembered when its operation ends.
  useOperations()
  return (action, target) => readOnlyReason(readOnly) ?? forbiddenReason(action, target)
}

/**
 * Why an action cannot be done on a machine now, or null: the writes are switched off, BigV has refused it to this user before, a
 * plan runs on the machine, another operation is running, or the machine is not in a state for it.
 */
export function machineDisabledReason(
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

/**
 * Why an action has to wait for the operation that is running on the machine, or null. One operation at a time per machine; what is
 * aside goes at any time; some may replace a waiting one; an overdue one blocks nothing.
 */
export function busyReason(
  action: Action & Partial<Pick<MachineAction, 'replaces'>>,
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
