import { Layers } from 'lucide-react'
import { simpleActions } from '../../actions/index.ts'
import { createStore } from '../../lib/store.ts'
import { keepAwake } from '../../operations/batch/awake.ts'
import {
  batches,
  batchLabel,
  batchTitle,
  isActive,
  tally,
  tallySentence,
  type Batch,
} from '../../operations/batch/batch.ts'
import { onBatchEnd } from '../../operations/batch/bulk.ts'
import { keepBatches } from '../../operations/batch/stored-batches.ts'
import { Button } from '../../ui/button.tsx'
import { announce } from '../../ui/live-region.tsx'
import type { Tone } from '../../ui/notice.tsx'
import { dismissToast, toast } from '../../ui/toast.ts'
import { BatchesPanel } from './batches-panel.tsx'
import { BulkDialog } from './bulk-dialog.tsx'
import { batchesPanel, bulkRequest, confirmBulk } from './bulk-request.ts'

keepBatches()
keepAwake()
notifyEnds()

// A thousand machines change many times a second.
const SHOWN_EVERY_MS = 100
const shown = createStore(batches.get())
let timer: ReturnType<typeof setTimeout> | null = null
batches.subscribe(() => {
  timer ??= setTimeout(() => {
    timer = null
    shown.set(batches.get())
  }, SHOWN_EVERY_MS)
})

/** The batches' button in the header, their panel, and the dialog that confirms a new one. */
export function Bulk() {
  const request = bulkRequest.use()
  const open = batchesPanel.use()
  const all = shown.use()
  return (
    <>
      <BatchesButton all={all} />
      {open && <BatchesPanel batches={all} onClose={() => batchesPanel.set(false)} />}
      {request && <BulkDialog request={request} onClose={() => confirmBulk(null)} />}
    </>
  )
}

/** The state of the last batch; opens the panel. */
function BatchesButton({ all }: { all: readonly Batch[] }) {
  const last = all.findLast(isActive) ?? all.at(-1)
  if (last === undefined) return null
  const { done, failed, total } = tally(last.items)
  const active = all.filter(isActive).length
  return (
    <Button variant="quiet" onClick={() => batchesPanel.set(true)}>
      <Layers size={15} aria-hidden />
      <span className="sr-only">Bulk runs: </span>
      <span className="max-sm:sr-only">{batchLabel(simpleActions[last.action])} </span>
      <span className="tabular-nums">
        {done + failed}/{total}
      </span>
      {active > 1 && <span className="text-muted">+{active - 1}</span>}
      {last.state === 'paused' || last.state === 'stopped' ? (
        <span className="text-warn max-sm:sr-only"> {last.state}</span>
      ) : null}
      {failed > 0 && <span className="text-danger max-sm:sr-only"> {failed} failed</span>}
    </Button>
  )
}

/** Notifies of each batch that ends or pauses by itself, on every page. */
function notifyEnds(): void {
  onBatchEnd((batch) => {
    const count = tally(batch.items)
    const well = count.failed === 0 && count.overdue === 0 && count.queued === 0
    const how = batch.state === 'stopped' ? 'stopped' : well ? 'done' : 'over, not all well'
    notify(batch, well ? 'ok' : 'warn', how, [tallySentence(count), batch.why].filter(Boolean).join('. '))
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
    if (open) for (const { key } of batches.get()) dismissToast(toastId(key))
  })
}

// The open panel shows it already, and a toast would cover it.
function notify({ key, action, items }: Batch, tone: Tone, how: string, text: string): void {
  const title = `${batchTitle(simpleActions[action], tally(items).total)}: ${how}`
  if (batchesPanel.get()) announce(`${title}. ${text}`)
  else
    toast({
      id: toastId(key),
      tone,
      title,
      text,
      action: { label: 'Show', onClick: () => batchesPanel.set(true) },
    })
}

function toastId(batch: string): string {
  return `run-${batch}`
}
