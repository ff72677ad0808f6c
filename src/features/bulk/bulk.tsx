import Layers from 'lucide-react/icons/layers'
import { simpleActions } from '../../actions/index.ts'
import { createStore } from '../../lib/store.ts'
import {
  batches,
  batchLabel,
  isActive,
  notDone,
  tally,
  troubleWords,
  type Batch,
} from '../../operations/batch/batch.ts'
import { Button } from '../../ui/button.tsx'
import { BatchBar } from './batch-bar.tsx'
import { BatchesPanel } from './batches-panel.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { BulkDialog } from './bulk-dialog.tsx'
import { batchesPanel, bulkReady, bulkRequest, confirmBulk, showBatch } from './bulk-request.ts'

// Updates are throttled, because a thousand machines change many times a second.
const SHOWN_EVERY_MS = 100
const shown = createStore(batches.get())
let timer: ReturnType<typeof setTimeout> | null = null
batches.subscribe(() => {
  timer ??= setTimeout(() => {
    timer = null
    shown.set(batches.get())
  }, SHOWN_EVERY_MS)
})

/** The batches' button in the header, the bar at the bottom, the panel, and the dialog that confirms a new batch. */
export function Bulk() {
  const request = bulkRequest.use()
  const panel = batchesPanel.use()
  const all = shown.use()
  if (!bulkReady.use()) return null
  return (
    <>
      <BatchesButton all={all} />
      <BulkBar all={all} />
      {panel && <BatchesPanel batches={all} opened={panel.key} onClose={() => batchesPanel.set(null)} />}
      {request && <BulkDialog request={request} onClose={() => confirmBulk(null)} />}
    </>
  )
}

/** Shows the progress of the latest active batch, or of the latest batch if none is active. Opens the panel. */
function BatchesButton({ all }: { all: readonly Batch[] }) {
  const last = all.findLast(isActive) ?? all.at(-1)
  if (last === undefined) return null
  const count = tally(last.items)
  const trouble = troubleWords(count)
  const active = all.filter(isActive).length
  const ended = count.done + notDone(count)
  const label = batchLabel(simpleActions[last.action])
  return (
    <Button
      variant="quiet"
      data-bulk-progress
      // On a narrow screen, the words give way before the header becomes wider than the page.
      className={`max-sm:min-w-0 max-sm:shrink max-sm:overflow-hidden max-sm:px-1.5 ${isActive(last) ? 'bg-accent-soft text-accent!' : ''}`}
      onClick={() => showBatch(last.key)}
    >
      {isActive(last) ? <span aria-hidden className="mark-moving" /> : <Layers size={15} aria-hidden />}
      <span className="sr-only">Bulk runs: </span>
      <span className="max-sm:sr-only">{label} </span>
      <span className="tabular-nums">
        {ended}/{count.total}
      </span>
      {active > 1 && <span className="text-muted">+{active - 1}</span>}
      {last.state === 'paused' || last.state === 'stopped' ? (
        <span className="text-warn max-sm:sr-only"> {last.state}</span>
      ) : null}
      {trouble !== '' && <span className="text-danger max-sm:sr-only"> {trouble}</span>}
      {trouble !== '' && (
        <span aria-hidden className="min-w-0 truncate text-xs text-danger sm:hidden">
          {' '}
          {trouble.includes(',') ? `${notDone(count)} not done` : trouble}
        </span>
      )}
      {/* The numbers say the same, so it is for the eye only. */}
      {isActive(last) && <BatchBar className="w-15 max-lg:hidden" count={count} />}
    </Button>
  )
}
