import { batches } from '../../operations/batch/batch.ts'
import { createBatches } from '../../operations/batch/create-batches.ts'
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
    batches.get().some(({ state }) => state === 'running') ||
    plans().some(({ phase }) => phase === 'running') ||
    createBatches.get().some(({ state }) => state !== 'ended')
  )
}
