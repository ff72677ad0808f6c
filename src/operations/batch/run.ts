import type { GroupRef } from '../../lib/links.ts'
import type { DecidedOn } from '../run.ts'
import type { Operation, Outcome, Step } from '../operation.ts'
import type { Task } from './task.ts'

/**
 * How it ended for a machine: as its operation did; `not sent`: its turn came, and it read otherwise than was confirmed, or
 * something else was running; `left alone`: the forecast said so.
 */
export type Result = Outcome | 'not sent' | 'left alone'

/** One machine of a run. */
export interface Item {
  ref: GroupRef
  id: number
  name: string
  /** What was confirmed of it; null for one that is left alone. */
  decidedOn: DecidedOn | null
  phase: 'queued' | 'begun' | 'ended'
  /** Its operation, once it has begun; the last one, where it was retried. */
  operation: string | null
  /** It waits longer than is usual, and holds up nobody any more. It stays so until it ends. */
  overdue: boolean
  result: Result | null
  note: string
  /** How often its turn came. */
  attempts: number
  autoreboot: Operation['autoreboot']
  /** The requests of all its attempts. */
  steps: readonly Step[]
  /** When its last turn came. */
  begunAt: number | null
  endedAt: number | null
}

/** A task on its way through many machines. */
export interface Run {
  key: string
  username: string
  task: Task
  /** Each has to be done before the next begins, and the first failure stops all. */
  rolling: boolean
  /** How many may be running at once. */
  atOnce: number
  items: readonly Item[]
  /** `paused` goes on when the user says so; `stopped` too, though nobody expects it; `over`: nothing is left to begin. */
  state: 'running' | 'paused' | 'stopped' | 'over'
  /** Why it is paused or has stopped, where it was not the user: whole sentences. */
  why: string
  begunAt: number
  endedAt: number | null
}

/** How many machines of a run stand where. */
export interface Tally {
  /** All but those that are left alone. */
  total: number
  queued: number
  running: number
  overdue: number
  done: number
  failed: number
  leftAlone: number
}

const FAILED = new Set<Result>(['refused', 'unclear', 'superseded', 'no longer watching', 'not sent'])

/** The most that may be running at once, and how many there are unless said. */
export const MOST_AT_ONCE = 50
export const USUAL_AT_ONCE = 4

/** Returns an item whose turn has not come yet. */
export function newItem(ref: GroupRef, id: number, name: string, decidedOn: DecidedOn): Item {
  return {
    ref,
    id,
    name,
    decidedOn,
    phase: 'queued',
    operation: null,
    overdue: false,
    result: null,
    note: '',
    attempts: 0,
    autoreboot: null,
    steps: [],
    begunAt: null,
    endedAt: null,
  }
}

/** Whether it ended otherwise than well: what "retry the failed" is about. */
export function hasFailed({ result }: Item): boolean {
  return result !== null && FAILED.has(result)
}

/** Takes a run's items and counts where they stand. */
export function tally(items: readonly Item[]): Tally {
  const count = { total: 0, queued: 0, running: 0, overdue: 0, done: 0, failed: 0, leftAlone: 0 }
  for (const item of items) {
    if (item.result === 'left alone') count.leftAlone += 1
    else count.total += 1
    if (item.phase === 'queued') count.queued += 1
    else if (item.phase === 'begun') count[item.overdue ? 'overdue' : 'running'] += 1
    else if (item.result === 'done') count.done += 1
    else if (hasFailed(item)) count.failed += 1
  }
  return count
}

/** Takes a run and returns the items whose turn it is: as many as may be running beside those that are. */
export function nextItems({ state, atOnce, items }: Run): Item[] {
  if (state !== 'running') return []
  const free = atOnce - tally(items).running
  const next: Item[] = []
  for (const item of items) {
    if (next.length >= free) break
    if (item.phase === 'queued') next.push(item)
  }
  return next
}

/** Takes a run and how it stands and says it in words: "12 of 40: 10 done, 2 failed". */
export function tallySentence({ total, done, failed, overdue, running, queued }: Tally): string {
  const parts = [
    `${done} done`,
    failed > 0 && `${failed} failed`,
    running > 0 && `${running} running`,
    overdue > 0 && `${overdue} overdue`,
    queued > 0 && `${queued} to go`,
  ]
  return `${done + failed} of ${total}: ${parts.filter(Boolean).join(', ')}`
}
