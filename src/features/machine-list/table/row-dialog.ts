import type { MachineInGroup } from '../../../api/virtual-machines.ts'
import { createStore } from '../../../lib/store.ts'

/** A dialog that the row of a machine has opened. */
export interface RowDialog extends MachineInGroup {
  kind: 'reimage' | 'rescue' | 'move'
}

/** The open dialog, or null. A store, because the dialog stays open when its row leaves the list. */
export const rowDialog = createStore<RowDialog | null>(null)

export function openRowDialog(dialog: RowDialog): void {
  rowDialog.set(dialog)
}

export const closeRowDialog = (): void => rowDialog.set(null)
