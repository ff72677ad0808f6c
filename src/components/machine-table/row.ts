import type { VirtualMachine } from '../../api/virtual-machine.ts'
import type { GroupRef } from '../../lib/links.ts'

/** A machine as the list shows it: where it is, and its address, which BigV's list has not. */
export interface MachineRow {
  group: GroupRef
  vm: VirtualMachine
  address: string | undefined
}
