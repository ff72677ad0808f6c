import type { MachineAction } from '../../actions/action.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import { gate } from '../../operations/disabled-reason.ts'
import { isOverdue } from '../../operations/overdue.ts'
import { useRunning, useReadOnly } from '../../operations/use-operations.ts'
import { usePlanOn } from '../../operations/plans/store.ts'
import { useNowSelected } from '../../lib/use-now.ts'

/** Returns the function that says why an action cannot be done on this machine now, or null. */
export function useDisabledReason(machine: MachineData): (action: MachineAction) => string | null {
  const running = useRunning(machine.vm.id)
  const readOnly = useReadOnly()
  const plan = usePlanOn(machine.vm.id)
  // Time matters only where an operation running becomes overdue.
  useNowSelected((now) => running !== undefined && isOverdue(running, now))
  return (action) => gate(action, machine, running, readOnly, Date.now(), plan)
}
