import { useSyncExternalStore } from 'react'
import { keepAwake } from '../../operations/batch/awake.ts'
import { keepRuns } from '../../operations/batch/persist.ts'
import { askBulk, askedBulk, isPanelOpen, openPanel, subscribeAskedBulk, subscribePanel } from './ask-bulk.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { RunsButton } from './runs-button.tsx'
import { RunsPanel } from './runs-panel.tsx'
import { tellRunEnds } from './tell-run-ends.ts'
import { useRuns } from './use-runs.ts'

keepRuns()
keepAwake()
tellRunEnds()

/** All that there is to see of the bulk runs: the button in the header, the question before one, the panel of all. */
export function Bulk() {
  const asked = useSyncExternalStore(subscribeAskedBulk, askedBulk)
  const open = useSyncExternalStore(subscribePanel, isPanelOpen)
  const runs = useRuns()
  return (
    <>
      <RunsButton runs={runs} />
      {open && <RunsPanel runs={runs} onClose={() => openPanel(false)} />}
      {asked && <BulkDialog asked={asked} onClose={() => askBulk(null)} />}
    </>
  )
}
