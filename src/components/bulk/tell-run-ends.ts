import { onRunOver } from '../../operations/bulk/queue.ts'
import { tally, tallySentence } from '../../operations/bulk/run.ts'
import { runs, subscribeRuns } from '../../operations/bulk/runs.ts'
import { taskTitle } from '../../operations/bulk/task.ts'
import { announce } from '../../ui/live-region.tsx'
import { toast } from '../../ui/toast.ts'
import { isPanelOpen, openPanel } from './ask-bulk.ts'

let started = false

/** Tells the end of a run, and when one pauses by itself, wherever the user is by then. Call once. */
export function tellRunEnds(): void {
  if (started) return
  started = true
  onRunOver((run) => {
    const count = tally(run.items)
    const well = count.failed === 0 && count.overdue === 0 && count.queued === 0
    toast({
      id: `run-${run.key}`,
      tone: well ? 'ok' : 'warn',
      title: `${taskTitle(run.task, count.total)}: ${run.state === 'stopped' ? 'stopped' : well ? 'done' : 'over, not all well'}`,
      text: [tallySentence(count), run.why].filter(Boolean).join('. '),
      ...(isPanelOpen() ? {} : { action: { label: 'Show', onClick: () => openPanel(true) } }),
    })
  })
  let told = new Set<string>()
  subscribeRuns(() => {
    const paused = runs().filter(({ state, why }) => state === 'paused' && why !== '')
    for (const { key, task, items, why } of paused) {
      if (!told.has(key)) announce(`${taskTitle(task, tally(items).total)} is paused. ${why}`)
    }
    told = new Set(paused.map(({ key }) => key))
  })
}
