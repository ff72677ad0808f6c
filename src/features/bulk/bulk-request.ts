import type { SimpleAction } from '../../actions/action.ts'
import { readStored } from '../../lib/persisted.ts'
import { createStore } from '../../lib/store.ts'
import type { Candidate } from '../../operations/batch/forecast.ts'

/** An action on many machines, for the dialog to confirm. */
export interface BulkRequest {
  action: SimpleAction
  candidates: readonly Candidate[]
  /** The key of the batch whose failed machines are to be tried again, if it is not a new one. */
  retry: string | null
  /** Called when it was confirmed. */
  onBegun?: (() => void) | undefined
}

/** What the dialog shows; null while it is closed. */
export const bulkRequest = createStore<BulkRequest | null>(null)

/** Whether the panel of the batches is open. */
export const batchesPanel = createStore(false)

/**
 * Whether this tab has or had a batch; until then, none of the code for batches is loaded. A batch of before a reload is found by
 * the key under which stored-batches.ts stores it.
 */
export const bulkUsed = createStore(readStored('tab', 'bigv.bulk') !== undefined)

/** Whether app/startup.ts has started what stores batches and notifies of their ends. None may begin before. */
export const bulkReady = createStore(false)

/** Opens the dialog about an action on many machines; null closes it. */
export function confirmBulk(next: BulkRequest | null): void {
  if (next !== null) bulkUsed.set(true)
  bulkRequest.set(next)
}
