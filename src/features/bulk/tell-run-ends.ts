import { onRunOver } from '../../operations/batch/queue.ts'
import { tally, tallySentence, type Run } from '../../operations/batch/run.ts'
import { runs, subscribeRuns } from '../../operations/batch/runs.ts'
import { taskTitle } from '../../operations/batch/task.ts'
import { announce } from '../../ui/live-region.tsx'
import type { Tone } from '../../ui/notice.tsx'
import { dismissToast, toast } from '../../ui/toast/toast.ts'
import { isPanelOpen, openPanel, subscribePanel } from './ask-bulk.ts'

let started = false

/** Tells the end of a run, and when one pauses by itself, wherever the user is by then. Call once. */
export function tellRunEnds(): void {
  if (started) return
  started = true
  onRunOver((run) => {
    const count = tally(run.items)
    const well = count.failed === 0 && count.overdue === 0 && count.queued === 0
    const how = run.state === 'stopped' ? 'stopped' : well ? 'done' : 'over, not all well'
    tell(run, well ? 'ok' : 'warn', how, [tallySentence(count), run.why].filter(Boolean).join('. '))
  })
  let told = new Set<string>()
  subscribeRuns(() => {
    const paused = runs().filter(({ state, why }) => state === 'paused' && why !== '')
    for (const run of paused) if (!told.has(run.key)) tell(run, 'warn', 'paused', run.why)
    const now = new Set(paused.map(({ key }) => key))
    for (const key of told) if (!now.has(key)) dismissToast(toastOf(key))
    told = now
  })
  subscribePanel(() => {
    if (isPanelOpen()) for (const { key } of runs()) dismissToast(toastOf(key))
  })
}

// The panel says it itself, and nothing is to lie over it.
function tell({ key, task, items }: Run, tone: Tone, how: string, text: string): void {
  const title = `${taskTitle(task, tally(items).total)}: ${how}`
  if (isPanelOpen()) announce(`${title}. ${text}`)
  else
    toast({
      id: toastOf(key),
      tone,
      title,
      text,
      action: { label: 'Show', onClick: () => openPanel(true) },
    })
}

function toastOf(run: string): string {
  return `run-${run}`
}
