import { ApiError } from '../../api/errors.ts'
import { formatClock } from '../../lib/times.ts'
import type { Operation } from '../operation.ts'
import { inWords } from '../state.ts'
import { operations } from '../store.ts'
import { candidatesOf, fetchCandidates } from './candidates.ts'
import { advance } from './queue.ts'
import { tally, type Item, type Run } from './run.ts'
import { updateItem } from './runs.ts'
import { actionOf } from './task.ts'

/**
 * Takes a run as it was kept and returns it as it stands now: what waits is watched again, what has ended meanwhile has its result,
 * and what was not begun waits for the user. `unclear` are those that were being sent when the page went.
 */
export function afterReload(run: Run): { taken: Run; unclear: Item[] } {
  const own = new Map(
    operations().flatMap((each) =>
      each.run === run.key && each.target.id !== null ? [[each.target.id, each]] : [],
    ),
  )
  const unclear: Item[] = []
  const items = run.items.map((item) => {
    if (item.phase === 'ended') return item
    const now = resumed(run, item, own.get(item.id))
    if (now.phase === 'ended' && now.result === 'unclear') unclear.push(now)
    return now
  })
  if (run.state !== 'running') return { taken: { ...run, items }, unclear }
  const { queued } = tally(items)
  const why = `The page was reloaded. What was sent is watched or read; ${queued === 1 ? 'the one machine' : `the ${queued} machines`} not begun wait${queued === 1 ? 's' : ''} for you.`
  return { taken: { ...run, items, state: 'paused', why: queued > 0 ? why : '' }, unclear }
}

/** Reads those of which it is not known whether BigV did what was asked, and says what they show. */
export async function clearUp({ key, task }: Run, unclear: readonly Item[]): Promise<void> {
  advance(key)
  if (unclear.length === 0) return
  try {
    const notes = new Map(unclear.map(({ id, note }) => [id, note]))
    for (const { id, vm } of await fetchCandidates(candidatesOf(unclear))) {
      const shows = vm === null ? 'it is gone' : `it shows: ${inWords({ vm, creating: false })}`
      const note = `${notes.get(id) ?? ''} Read again at ${formatClock(Date.now())}, ${shows}.`.trim()
      updateItem(key, id, { note, ...(actionOf(task).isAchieved?.(vm) === true && { result: 'done' }) })
    }
  } catch (error) {
    // It stays unclear, and can be tried again by the user, which reads first.
    if (!(error instanceof ApiError)) throw error
  }
}

function resumed(run: Run, item: Item, operation: Operation | undefined): Item {
  const newer = operation !== undefined && operation.begunAt >= (item.begunAt ?? run.begunAt)
  if (operation === undefined || !newer || (item.phase === 'queued' && operation.key === item.operation)) {
    if (item.phase === 'queued') return item
    // An operation that is only checked is not kept: nothing of it was sent.
    if (item.operation === null) return { ...item, phase: 'queued', attempts: Math.max(0, item.attempts - 1) }
    return {
      ...item,
      phase: 'ended',
      result: 'unclear',
      note: 'The page was reloaded, and what became of it is not known.',
      endedAt: Date.now(),
    }
  }
  if (operation.phase !== 'ended') return { ...item, phase: 'begun', operation: operation.key }
  return {
    ...item,
    phase: 'ended',
    operation: operation.key,
    overdue: false,
    result: operation.outcome ?? 'unclear',
    note: operation.note,
    autoreboot: operation.autoreboot,
    steps: [...item.steps, ...operation.steps],
    endedAt: operation.endedAt ?? Date.now(),
  }
}
