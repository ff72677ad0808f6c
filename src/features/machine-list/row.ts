import type { VirtualMachine } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'

/** A machine in a list, with what BigV's own list lacks: addresses (the further ones with a space between) and the size of all discs in MiB. */
export interface MachineRow {
  group: GroupRef
  vm: VirtualMachine
  address: string | undefined
  further?: string | undefined
  discs: number | undefined
}
