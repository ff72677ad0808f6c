import { machineActionOf } from '../actions/index.ts'
import { isNotFound } from '../api/query-client.ts'
import { fetchMachine, type VirtualMachine } from '../api/virtual-machines.ts'
import { findingOf, seenIn } from './done.ts'
import type { Operation, Target } from './operation.ts'
import { showMachine } from './machine-cache.ts'

/** Reads the other machine of an operation; null when BigV has it no more. Throws an ApiError. */
export async function fetchOther(also: Target): Promise<VirtualMachine | null> {
  try {
    const machine = await fetchMachine(also, also.id ?? also.name)
    showMachine(also, machine)
    return machine.vm
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

/** Takes an operation on two machines that was not answered, and both as they read now; says in a sentence where things stand. */
export function pairSays(operation: Operation, own: VirtualMachine, other: VirtualMachine | null): string {
  if (other === null) return `${operation.also?.name} is gone, or not yours to see.`
  const action = machineActionOf(operation.action)
  const at = Date.now()
  const seen = seenIn(
    { answeredAt: at, headBefore: null, offSeen: false, headMoved: false, onReadings: 0 },
    own,
  )
  const found = action && findingOf(action, operation, { at, vm: own, creating: false, other, seen })
  return (found !== undefined && action?.other?.saysUnanswered(found, other)) || ''
}
