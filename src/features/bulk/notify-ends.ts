import { simpleActions } from '../../actions/index.ts'
import {
  batches,
  batchTitle,
  tally,
  tallySentence,
  notDone,
  type Batch,
} from '../../operations/batch/batch.ts'
import { onBatchEnd } from '../../operations/batch/bulk.ts'
import { announce } from '../../ui/live-region.tsx'
import type { Tone } from '../../ui/notice.tsx'
import { dismissToast, toast } from '../../ui/toast.ts'
import { batchesPanel, showBatch } from './bulk-request.ts'

/** Notifies the user, on any page, when a bulk run ends or pauses automatically. Call once. */
export function notifyBulkEnds(): void {
  onBatchEnd((batch) => {
    const count = tally(batch.items)
    const problems = notDone(count) + count.overdue
    const allDone = problems === 0 && count.queued === 0
    const needsLook = `finished, ${problems} ${problems === 1 ? 'needs' : 'need'} a look`
    const status = batch.state === 'stopped' ? 'stopped' : allDone ? 'done' : needsLook
    notify(
      batch,
      allDone ? 'ok' : 'warn',
      status,
      [tallySentence(count), batch.why].filter(Boolean).join('. '),
    )
  })
  let notified = new Set<string>()
  batches.subscribe((all) => {
    const paused = all.filter(({ state, why }) => state === 'paused' && why !== '')
    for (const batch of paused) if (!notified.has(batch.key)) notify(batch, 'warn', 'paused', batch.why)
    const now = new Set(paused.map(({ key }) => key))
    for (const key of notified) if (!now.has(key)) dismissToast(toastId(key))
    notified = now
  })
  batchesPanel.subscribe((open) => {
    if (open !== null) for (const { key } of batches.get()) dismissToast(toastId(key))
  })
}

// Shows no toast while the panel of bulk runs is open: the panel shows the end, and a toast would cover it.
function notify({ key, action, items }: Batch, tone: Tone, status: string, text: string): void {
  const title = `${batchTitle(simpleActions[action], tally(items).total)}: ${status}`
  if (batchesPanel.get() !== null) announce(`${title}. ${text}`)
  else
    toast({
      id: toastId(key),
      tone,
      title,
      text,
      action: { label: 'Show', onClick: () => showBatch(key) },
    })
}

function toastId(batch: string): string {
  return `run-${batch}`
}
