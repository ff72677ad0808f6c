import type { SimpleAction } from '../../actions/action.ts'
import type { MachineData } from '../../api/virtual-machines.ts'
import type { GroupRef } from '../../lib/links.ts'
import { createStore } from '../../lib/store.ts'

/** An action that the user has asked for and that asks something first. */
export interface Asked {
  action: SimpleAction
  ref: GroupRef
  machine: MachineData
  /** The key of the plan that it is asked for: the plan goes on with it. */
  plan?: string
}

/** What the one dialog that asks is asking; null for nothing. */
export const asked = createStore<Asked | null>(null)
