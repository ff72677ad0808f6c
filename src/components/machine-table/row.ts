import type { VirtualMachine } from '../../api/virtual-machine.ts'

/** A machine as the list shows it: the list itself has no addresses. */
export interface MachineRow {
  vm: VirtualMachine
  address: string | undefined
}
