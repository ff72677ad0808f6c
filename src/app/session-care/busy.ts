import { runs } from '../../operations/batch/runs.ts'
import { createRuns } from '../../operations/batch/create-runs.ts'
import { isOverdue } from '../../operations/operation.ts'
import { plans } from '../../operations/plans/store.ts'
import { operations } from '../../operations/store.ts'

/**
 * Takes the time and returns whether something of this tab is on its way that goes on by itself. What waits for the user is not,
 * nor what is overdue, which may stay so for ever.
 */
export function isBusy(now: number): boolean {
  return (
    operations().some(
      (operation) =>
        !operation.otherTab &&
        ['checking', 'sending', 'waiting'].includes(operation.phase) &&
        !isOverdue(operation, now),
    ) ||
    runs().some(({ state }) => state === 'running') ||
    plans().some(({ phase }) => phase === 'running') ||
    createRuns().some(({ going }) => going)
  )
}
