import { queuedInBatches } from '../store.ts'
import { batches, isQueued, type Batch } from './batch.ts'

/** A thousand machines change many times a second, and each change would go through all of them. */
const EVERY_MS = 100

let timer: ReturnType<typeof setTimeout> | null = null

/** Has the rows of lists say which machines wait for their turn. Call once. */
export function followQueuedMachines(): void {
  batches.subscribe(() => {
    timer ??= setTimeout(update, EVERY_MS)
  })
  update()
}

function update(): void {
  timer = null
  const ids = queuedIds(batches.get())
  const before = queuedInBatches.get()
  if (ids.size !== before.size || [...ids].some((id) => !before.has(id))) queuedInBatches.set(ids)
}

/** The machines that a running or paused batch hasn't begun. A stopped batch has given them up, unless the user resumes it. */
export function queuedIds(all: readonly Pick<Batch, 'state' | 'items'>[]): ReadonlySet<number> {
  const waiting = all.filter(({ state }) => state === 'running' || state === 'paused')
  return new Set(waiting.flatMap(({ items }) => items.filter(isQueued).map(({ id }) => id)))
}
