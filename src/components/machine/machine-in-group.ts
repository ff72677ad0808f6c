import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'

/** A machine as a page shows it, and the group that its path at BigV goes through. */
export interface MachineInGroup {
  group: GroupRef
  machine: MachineData
}
