import type { SimpleActionName } from '../../actions/index.ts'
import { batches, isQueued, tally, type Batch, type BatchItem } from './batch.ts'
import { createBatches, type CreateBatch } from './create-batches.ts'

// How many of the queued items would be sent after the one-time password has expired, from the time that earlier ones took.

/** The times of an item's turn, in ms since 1970. */
interface Turn {
  begunAt?: number | null | undefined
  endedAt?: number | null | undefined
}

interface Queue {
  queued: number
  /** How many may run in parallel. */
  atOnce: number
  running: readonly Turn[]
  /** How long a turn takes, in ms. */
  took: number
}

/** Only the latest are measured, because BigV may be slower or faster than an hour ago. */
const MEASURED = 50

/** The median time of the latest turns, in ms; null if there are none. An item that waited for its user doesn't change a median. */
export function usualTime(turns: readonly Turn[]): number | null {
  const times = turns
    .slice(-MEASURED)
    .flatMap(({ begunAt, endedAt }) =>
      typeof begunAt === 'number' && typeof endedAt === 'number' && endedAt >= begunAt
        ? [endedAt - begunAt]
        : [],
    )
    .toSorted((a, b) => a - b)
  return times[Math.floor(times.length / 2)] ?? null
}

/** How many of the queued items begin at `end` or later, if the others begin as soon as they may from now on. */
export function countAfter(end: number, now: number, { queued, atOnce, running, took }: Queue): number {
  const ends = running.map(({ begunAt }) => Math.max(now, (begunAt ?? now) + took))
  const idle = Array<number>(Math.max(0, atOnce - ends.length)).fill(now)
  // If the user has lowered the number, only the last running items make room.
  const free = [...idle, ...ends.toSorted((a, b) => a - b)].slice(-atOnce)
  const inTime = free.map((at) => (at < end ? Math.ceil((end - at) / Math.max(1, took)) : 0))
  return Math.max(0, queued - inTime.reduce((sum, each) => sum + each, 0))
}

/** How many of `count` machines a new bulk run would send to at `end` or later; null if the action's pace isn't known yet. */
export function bulkAfter(
  action: SimpleActionName,
  { count, atOnce }: { count: number; atOnce: number },
  end: number,
  now: number,
): number | null {
  const took = usualTime(turnsOf(action))
  return took === null ? null : countAfter(end, now, { queued: count, atOnce, running: [], took })
}

/** How many of a batch's queued machines will be sent to at `end` or later; null if the pace isn't known yet. */
export function batchAfter({ action, items, atOnce }: Batch, end: number, now: number): number | null {
  const took = usualTime(turnsOf(action))
  if (took === null) return null
  const running = items.filter((item) => item.phase === 'begun' && !item.overdue && !isQueued(item))
  return countAfter(end, now, { queued: tally(items).queued, atOnce, running, took })
}

/** How many of `count` new machines would be requested at `end` or later, one by one; null if the pace isn't known yet. */
export function createAfter(count: number, end: number, now: number): number | null {
  const took = usualTime(createTurns())
  return took === null ? null : countAfter(end, now, { queued: count, atOnce: 1, running: [], took })
}

/** How many of a batch's queued machines will be requested at `end` or later; null if the pace isn't known yet. */
export function createBatchAfter({ items }: CreateBatch, end: number, now: number): number | null {
  const took = usualTime(createTurns())
  if (took === null) return null
  const running = items.filter(({ is }) => is === 'sending')
  const queued = items.filter(({ is }) => is === 'queued').length
  return countAfter(end, now, { queued, atOnce: 1, running, took })
}

/** How many queued items of all running batches will be sent at `end` or later, as far as their pace is known. */
export function allAfter(end: number, now: number): number {
  const counts = [
    ...batches.get().flatMap((each) => (each.state === 'running' ? [batchAfter(each, end, now)] : [])),
    ...createBatches
      .get()
      .flatMap((each) => (each.state === 'running' ? [createBatchAfter(each, end, now)] : [])),
  ]
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

/** The turns of this action in all batches that ended with an answer, oldest batch first. */
function turnsOf(action: SimpleActionName): BatchItem[] {
  return batches
    .get()
    .filter((each) => each.action === action)
    .flatMap(({ items }) => items.filter(({ result }) => result !== null && !UNSENT.has(result)))
}

const UNSENT = new Set<BatchItem['result']>(['skipped', 'not sent'])

function createTurns(): Turn[] {
  return createBatches.get().flatMap(({ items }) => items.filter(({ is }) => SENT.has(is)))
}

const SENT = new Set<CreateBatch['items'][number]['is']>(['begun', 'refused', 'unclear'])
