import type { VirtualMachine } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'

/** A machine as the list shows it: where it is, and what BigV's list has not: its address, the further ones with a space between, and what its discs come to in MiB. */
export interface MachineRow {
  group: GroupRef
  vm: VirtualMachine
  address: string | undefined
  further?: string | undefined
  discs: number | undefined
}
