import { useSyncExternalStore } from 'react'
import { tabStorage } from '../../lib/browser/storage.ts'
import { lazyComponent } from '../../ui/lazy.tsx'
import { isBulkUsed, subscribeBulkUsed, wakeBulk } from './ask-bulk.ts'

const Bulk = lazyComponent(async () => (await import('./bulk.tsx')).Bulk, { onDemand: true })

// Its key stands in operations/bulk/persist.ts, which is not loaded before it is needed.
if (tabStorage.read('bigv.bulk') !== null) wakeBulk()

/** How the bulk runs stand, in the header of every page; their dialog and panel. Loaded when the first one is asked for. */
export function BulkEntry() {
  const used = useSyncExternalStore(subscribeBulkUsed, isBulkUsed)
  return used && <Bulk />
}
