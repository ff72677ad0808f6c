import type { SimpleAction } from '../../actions/action.ts'
import { createStore } from '../../lib/store.ts'
import type { Candidate } from '../../operations/batch/forecast.ts'

/** What the user wants done to many machines. A dialog asks first. */
export interface AskedBulk {
  action: SimpleAction
  candidates: readonly Candidate[]
  /** The key of the batch whose failed machines are to be tried again, if it is not a new one. */
  retry: string | null
  /** Called when it was confirmed. */
  onBegun?: (() => void) | undefined
}

/** What the dialog asks; null when it is closed. */
export const askedBulk = createStore<AskedBulk | null>(null)

/** Whether the panel of the batches is open. */
export const batchesPanel = createStore(false)

/** Whether there is, or was, anything of many machines in this tab. Before that none of its code is loaded. */
export const bulkUsed = createStore(false)

/** Opens the dialog about an action on many machines; null closes it. */
export function askBulk(next: AskedBulk | null): void {
  if (next !== null) bulkUsed.set(true)
  askedBulk.set(next)
}
