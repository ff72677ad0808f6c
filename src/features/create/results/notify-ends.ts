import { itemState, statesInWords } from '../../../operations/batch/create-run-state.ts'
import { createRuns, subscribeCreateRuns } from '../../../operations/batch/create-runs.ts'
import { operations, subscribeOperations } from '../../../operations/store.ts'
import { toast } from '../../../ui/toast/toast.ts'
import { machinesInWords } from '../words.ts'

const open = new Set<string>()
let following = false

/** Tells the end of every run that begins from now on, wherever the user is by then. Call it before a run begins. */
export function tellRunEnds(): void {
  if (following) return
  following = true
  subscribeCreateRuns(look)
  subscribeOperations(look)
}

function look(): void {
  for (const run of createRuns()) {
    const states = run.items.map((item) =>
      itemState(
        item,
        run,
        operations().find(({ key }) => key === item.operation),
      ),
    )
    const moving = run.going || states.some(({ is }) => is === 'moving')
    if (moving) open.add(run.key)
    else if (open.delete(run.key)) {
      const failed = states.some(({ is }) => is === 'failed')
      toast({
        id: run.key,
        tone: failed ? 'warn' : 'ok',
        title: `${machinesInWords(run.items.length)} of ${run.group}`,
        text: `${statesInWords(states)}.`,
      })
    }
  }
}
