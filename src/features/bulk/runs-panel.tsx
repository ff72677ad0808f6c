import type { Run } from '../../operations/batch/run.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { RunCard } from './run-card.tsx'

interface Props {
  runs: readonly Run[]
  onClose: () => void
}

/** Every bulk run of this session, the newest first: how it stands, what can be done with it, and each machine's result. */
export function RunsPanel({ runs, onClose }: Props) {
  return (
    <Dialog
      open
      width="wide"
      title="Bulk runs"
      description="They go on while you do something else. Closing the tab ends them."
      onOpenChange={(open) => !open && onClose()}
    >
      <div className="grid gap-4">
        {runs.length === 0 && <p className="text-muted">There are none.</p>}
        {runs.toReversed().map((run, index) => (
          <RunCard key={run.key} run={run} open={index === 0} onFollow={onClose} />
        ))}
      </div>
    </Dialog>
  )
}
