import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'

/** What every tab of a machine's page shows and changes. */
export interface TabProps {
  group: GroupRef
  machine: MachineData
}
