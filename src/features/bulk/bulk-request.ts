import type { SimpleAction } from '../../actions/action.ts'
import { readStored } from '../../lib/persisted.ts'
import { createStore } from '../../lib/store.ts'
import type { Candidate } from '../../operations/batch/forecast.ts'

/** An action on many machines, for the dialog to confirm. */
export interface BulkRequest {
  action: SimpleAction
  candidates: readonly Candidate[]
  /** The key of the batch whose failed machines to retry; null for a new batch. */
  retry: string | null
  /** The ids of the candidates that a search or a facet hides from the list. The dialog lists them first. */
  hidden?: ReadonlySet<number>
}

/** The request that the bulk dialog shows; null while the dialog is closed. */
export const bulkRequest = createStore<BulkRequest | null>(null)

/** The open panel of bulk runs; null while it is closed. `key`: a batch to open beside the newest. */
export const batchesPanel = createStore<{ key: string | null } | null>(null)

/** Opens the panel of bulk runs at this batch. */
export function showBatch(key: string | null): void {
  batchesPanel.set({ key })
}

/**
 * True once this tab has had a batch. Until then, no code for batches is loaded. After a reload, the tab's storage (stored-batches.ts)
 * shows that there was a batch.
 */
export const bulkUsed = createStore(readStored('tab', 'bigv.bulk') !== undefined)

/** True once app/startup.ts has started the services that store batches and report their ends. No batch may start before then. */
export const bulkReady = createStore(false)

/** Opens the bulk dialog; with null, closes it. */
export function confirmBulk(next: BulkRequest | null): void {
  if (next !== null) bulkUsed.set(true)
  bulkRequest.set(next)
}
