import { isNotFound } from '../api/query-client.ts'
import type { VirtualMachine } from '../api/virtual-machine.ts'
import { readMachine, type MachineReading } from '../api/virtual-machines.ts'
import { sourceProblem, targetProblem } from './disc-move.ts'
import { judgeDisc } from './done-disc.ts'
import { judgeSwap, primaryAddresses } from './done-swap.ts'
import type { Operation, Target } from './operation.ts'
import { shareReading } from './readings.ts'
import type { MachineAction, Params } from './requests.ts'

/** Reads the other machine of an operation; null when BigV has it no more. Throws an ApiError. */
export async function readOther(also: Target): Promise<VirtualMachine | null> {
  try {
    const reading = await readMachine(also, also.id ?? also.name)
    shareReading(also, reading)
    return reading.vm
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

/** Takes an action on two machines, both as they read, and returns why it cannot be done, or null. */
export function otherRefusal(
  action: MachineAction,
  { disc, swap }: Params,
  { vm }: MachineReading,
  other: MachineReading,
): string | null {
  if (action === 'change_disc') {
    const moved = vm.discs?.find(({ id }) => id === disc?.id)
    return moved ? (sourceProblem(vm) ?? targetProblem(moved, other)) : 'It has this disc no more.'
  }
  // While it is deleted, its NICs cannot be changed (API reference, "Delete, undelete, purge").
  if (other.vm.deleted) return `${other.vm.name} is deleted.`
  if (other.creating) return `${other.vm.name} is still being created.`
  const told = swap && primaryAddresses(vm, false) && primaryAddresses(other.vm, false)
  return told ? null : 'BigV does not say which addresses they have.'
}

/** Whether the two machines have other addresses by now than the user was shown. */
export function addressesDiffer({ swap }: Params, own: VirtualMachine, other: VirtualMachine): boolean {
  if (swap === undefined) return false
  const differ = (vm: VirtualMachine, shown: readonly string[]) =>
    primaryAddresses(vm, swap.move_additional_ips)?.join() !== shown.join()
  return differ(own, swap.shown.own) || differ(other, swap.shown.other)
}

/** Takes an operation on two machines that was not answered, and both as they read now; says in a sentence where things stand. */
export function pairSays(operation: Operation, own: VirtualMachine, other: VirtualMachine | null): string {
  if (other === null) return `${operation.also?.name} is gone, or not yours to see.`
  const swap = judgeSwap(operation, own, other)
  if (swap?.is === 'done') return `It has been done: ${swap.note}`
  if (swap?.is === 'overtaken') return 'Both have the addresses that they had.'
  if (swap !== null) return 'Their addresses are neither those that they had nor each other’s.'
  const disc = judgeDisc(operation, own, other)
  if (disc?.is === 'done') return `It has been done: the disc is at ${other.name}.`
  return disc?.is === 'overtaken' ? 'The disc is still here.' : 'The disc is at neither of them.'
}
