import { Layers } from 'lucide-react'
import { isActive } from '../../operations/batch/queue.ts'
import { tally, type Run } from '../../operations/batch/run.ts'
import { taskLabel } from '../../operations/batch/task.ts'
import { Button } from '../../ui/button.tsx'
import { openPanel } from './ask-bulk.ts'

/** How the bulk runs stand, in short; opens their panel. */
export function RunsButton({ runs }: { runs: readonly Run[] }) {
  const last = runs.findLast(isActive) ?? runs.at(-1)
  if (last === undefined) return null
  const { done, failed, total } = tally(last.items)
  const active = runs.filter(isActive).length
  return (
    <Button variant="quiet" onClick={() => openPanel(true)}>
      <Layers size={15} aria-hidden />
      <span className="sr-only">Bulk runs: </span>
      <span className="max-sm:sr-only">{taskLabel(last.task)} </span>
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
