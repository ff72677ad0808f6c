import { countOf } from '../../../lib/units.ts'
import { createBatches, itemStates, statesInWords } from '../../../operations/batch/create-batches.ts'
import { operations, subscribeOperations } from '../../../operations/store.ts'
import { toast } from '../../../ui/toast.ts'

const open = new Set<string>()
let following = false

/** Notifies of the end of every batch that begins from now on, wherever the user is by then. Call it before a batch begins. */
export function notifyEnds(): void {
  if (following) return
  following = true
  createBatches.subscribe(notifyEnded)
  subscribeOperations(notifyEnded)
}

function notifyEnded(): void {
  for (const batch of createBatches.get()) {
    const states = itemStates(batch, operations())
    const active = batch.state !== 'ended' || states.some(({ is }) => is === 'running')
    if (active) open.add(batch.key)
    else if (open.delete(batch.key)) {
      const failed = states.some(({ is }) => is === 'failed')
      toast({
        id: batch.key,
        tone: failed ? 'warn' : 'ok',
        title: `${countOf(batch.items.length, 'machine')} of ${batch.group}`,
        text: `${statesInWords(states)}.`,
      })
    }
  }
}
