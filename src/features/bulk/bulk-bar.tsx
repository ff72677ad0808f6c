import { createPortal } from 'react-dom'
import { simpleActions } from '../../actions/index.ts'
import {
  batchLabel,
  batchTitle,
  isActive,
  notDone,
  tally,
  tallySentence,
  type Batch,
} from '../../operations/batch/batch.ts'
import { pauseBatch, resumeBatch } from '../../operations/batch/control.ts'
import { Button } from '../../ui/button.tsx'
import { BatchBar } from './batch-bar.tsx'
import { showBatch } from './bulk-request.ts'

/** A bar at the bottom of every page while a bulk run is under way or paused, with its progress and the button that pauses it. */
export function BulkBar({ all }: { all: readonly Batch[] }) {
  const batch = all.findLast(isUnderWay)
  if (batch === undefined) return null
  const { key, state } = batch
  const count = tally(batch.items)
  const action = simpleActions[batch.action]
  const ended = count.done + notDone(count)
  const others = all.filter(isUnderWay).length - 1
  // Not in the header, which renders it: Tab reaches it where it is seen, after the page.
  return createPortal(
    <section
      aria-label="Bulk run"
      data-bottom-bar
      data-docked
      className="fixed inset-x-0 bottom-0 z-20 flex h-(--docked) items-center gap-x-3 border-t border-line-strong bg-surface px-3.5 pb-[env(safe-area-inset-bottom)] sm:px-6 md:left-54 print:hidden"
    >
      <p className="min-w-0 shrink truncate">
        <b className="font-semibold">{batchLabel(action)}</b>{' '}
        <span className="text-muted tabular-nums">
          {ended}/{count.total}
        </span>
        {others > 0 && <span className="text-muted"> and {others} more</span>}
      </p>
      <BatchBar className="flex-1" label={`${batchTitle(action, count.total)}: progress`} count={count} />
      <span aria-hidden className="shrink-0 text-xs whitespace-nowrap text-muted tabular-nums max-lg:hidden">
        {tallySentence(count)}
      </span>
      {state === 'running' && count.queued > 0 && (
        <Button size="small" onClick={() => pauseBatch(key)}>
          Pause
        </Button>
      )}
      {state === 'paused' && (
        <Button size="small" variant="primary" onClick={() => resumeBatch(key)}>
          Resume
        </Button>
      )}
      <Button size="small" onClick={() => showBatch(key)}>
        Details
      </Button>
    </section>,
    document.body,
  )
}

/** True if the batch sends or watches requests, or is paused with machines left. */
function isUnderWay(batch: Batch): boolean {
  return isActive(batch) || (batch.state === 'paused' && tally(batch.items).queued > 0)
}
