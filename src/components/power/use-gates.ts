import type { MachineAction } from '../../actions/action.ts'
import type { MachineReading } from '../../api/virtual-machines.ts'
import { gate } from '../../operations/gate.ts'
import { isOverdue } from '../../operations/overdue.ts'
import { useInFlight, useLookOnly } from '../../operations/use-operations.ts'
import { usePlanOn } from '../../operations/plans/use-plans.ts'
import { useNowSelected } from '../use-now.ts'

/** Returns the function that says why an action cannot be done on this machine now, or null. */
export function useGates(reading: MachineReading): (action: MachineAction) => string | null {
  const inFlight = useInFlight(reading.vm.id)
  const lookOnly = useLookOnly()
  const plan = usePlanOn(reading.vm.id)
  // Time matters only where an operation in flight becomes overdue.
  useNowSelected((now) => inFlight !== undefined && isOverdue(inFlight, now))
  return (action) => gate(action, reading, inFlight, lookOnly, Date.now(), plan)
}
