import { readStored } from '../../lib/persisted.ts'
import { part } from '../../ui/part.tsx'
import { bulkUsed } from './ask-bulk.ts'

const Bulk = part(async () => (await import('./bulk.tsx')).Bulk, { onDemand: true })

// The key of operations/batch/stored-batches.ts, which is not loaded before it is needed: an earlier page has left batches behind.
if (readStored('tab', 'bigv.bulk') !== undefined) bulkUsed.set(true)

/** How the batches stand, in the header of every page; their dialog and panel. Loaded when the first one is asked for. */
export function BulkEntry() {
  return bulkUsed.use() && <Bulk />
}
