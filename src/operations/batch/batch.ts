import type { SimpleAction } from '../../actions/action.ts'
import type { SimpleActionName } from '../../actions/index.ts'
import type { GroupRef } from '../../lib/links.ts'
import { createStore } from '../../lib/store.ts'
import type { Operation, Outcome, SentRequest } from '../operation.ts'
import type { DecidedOn } from '../state.ts'

/**
 * How the batch ended for a machine: as its operation did; `not sent` if the machine had changed or was busy at its turn; `skipped` as the
 * confirm dialog had said.
 */
export type ItemOutcome = Outcome | 'not sent' | 'skipped'

/** One machine of a batch. */
export interface BatchItem {
  ref: GroupRef
  id: number
  name: string
  /** The machine's values in the confirm dialog; null for a skipped machine. */
  decidedOn: DecidedOn | null
  phase: 'queued' | 'begun' | 'ended'
  /** The key of the machine's last operation, once that has begun. */
  operation: string | null
  /** True if the operation is overdue. It no longer counts as running then, so the next machine can begin. */
  overdue: boolean
  result: ItemOutcome | null
  note: string
  /** How often the batch has begun an operation on the machine. */
  attempts: number
  autoreboot: Operation['autoreboot']
  /** The requests of all attempts. */
  steps: readonly SentRequest[]
  /** When the batch last began an operation on the machine. */
  begunAt: number | null
  endedAt: number | null
}

/** An action on many machines. */
export interface Batch {
  key: string
  username: string
  action: SimpleActionName
  /** True if each machine has to be done before the next begins, and the first failure stops the batch. */
  rolling: boolean
  /** How many machines may run in parallel. */
  atOnce: number
  items: readonly BatchItem[]
  /** A `paused` or `stopped` batch can be resumed. `over`: no machine is left to begin. */
  state: 'running' | 'paused' | 'stopped' | 'over'
  /** Why the batch has paused or stopped automatically, in whole sentences. */
  why: string
  begunAt: number
  endedAt: number | null
}

/** The number of a batch's machines in each state; `total` excludes the skipped ones. `failed`: refused or superseded. */
export type Tally = Record<
  'total' | 'queued' | 'running' | 'overdue' | 'done' | 'failed' | Open | 'skipped',
  number
>

/** The results that are neither done nor failed. Each is counted under the word that the machine's row shows. */
const OPEN = ['unclear', 'not sent', 'cancelled', 'no longer watching'] as const
type Open = (typeof OPEN)[number]

/** The maximum and the default of `atOnce`. */
export const MOST_AT_ONCE = 50
export const USUAL_AT_ONCE = 4

/** At most this many finished batches stay listed. */
const LISTED_OVER = 5

/** The batches of this session, oldest first. */
export const batches = createStore<readonly Batch[]>([])

/** The action's text on a button and before a number: "Shut down", "Turn on automatic restart for". */
export function batchLabel({ label, bulk }: SimpleAction): string {
  return bulk?.title ?? label
}

/** "Start 37 machines". */
export function batchTitle(action: SimpleAction, count: number): string {
  return `${batchLabel(action)} ${count === 1 ? '1 machine' : `${count} machines`}`
}

/** The state of a machine whose operation hasn't begun. */
export const NEW_ITEM = {
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
} satisfies Partial<BatchItem>

export function newItem(ref: GroupRef, id: number, name: string, decidedOn: DecidedOn | null): BatchItem {
  return { ref, id, name, decidedOn, ...NEW_ITEM }
}

/**
 * True until the machine's operation begins. Once the batch has chosen the machine (`begun`), it may still wait until fewer requests are
 * running (api/write-places.ts).
 */
export function isQueued({ phase, operation }: BatchItem): boolean {
  return phase === 'queued' || (phase === 'begun' && operation === null)
}

/** True if a retry includes this machine. */
export function canRetry({ result }: BatchItem): boolean {
  return result !== null && result !== 'done' && result !== 'skipped'
}

export function hasFailed(result: ItemOutcome | null): result is 'refused' | 'superseded' {
  return result === 'refused' || result === 'superseded'
}

export function tally(items: readonly BatchItem[]): Tally {
  const count: Tally = {
    total: 0,
    queued: 0,
    running: 0,
    overdue: 0,
    done: 0,
    failed: 0,
    unclear: 0,
    'not sent': 0,
    cancelled: 0,
    'no longer watching': 0,
    skipped: 0,
  }
  for (const item of items) {
    if (item.result !== 'skipped') count.total += 1
    if (isQueued(item)) count.queued += 1
    else if (item.phase === 'begun') count[item.overdue ? 'overdue' : 'running'] += 1
    else if (hasFailed(item.result)) count.failed += 1
    else if (item.result !== null) count[item.result] += 1
  }
  return count
}

/** "12 of 40: 10 done, 1 failed, 1 unclear, 28 queued". */
export function tallySentence(count: Tally): string {
  const parts = [`${count.done} done`, ...wordsOf(count, ['failed', ...OPEN, 'running', 'overdue', 'queued'])]
  return `${count.done + notDone(count)} of ${count.total}: ${parts.join(', ')}`
}

/** "1 failed, 1 unclear"; empty if there are none. */
export function troubleWords(count: Tally): string {
  return wordsOf(count, ['failed', ...OPEN]).join(', ')
}

function wordsOf(count: Tally, kinds: readonly (keyof Tally)[]): string[] {
  return kinds.filter((kind) => count[kind] > 0).map((kind) => `${count[kind]} ${kind}`)
}

/** How many machines have ended, but not as done: those that a retry includes. */
export function notDone(count: Tally): number {
  return count.failed + OPEN.reduce((sum, each) => sum + count[each], 0)
}

/** True if the batch still begins or watches machines. */
export function isActive({ state, items }: Batch): boolean {
  return items.some(
    ({ phase, overdue }) => (phase === 'begun' && !overdue) || (phase === 'queued' && state === 'running'),
  )
}

export function findBatch(key: string): Batch | undefined {
  return batches.get().find((batch) => batch.key === key)
}

/** Adds a batch. If more than five have finished, the oldest of them are dropped. */
export function addBatch(batch: Batch): void {
  const over = batches.get().filter(({ state }) => state === 'over')
  for (const { key } of over.slice(0, Math.max(0, over.length - LISTED_OVER + 1))) removeBatch(key)
  batches.set((all) => [...all, batch])
}

export function removeBatch(key: string): void {
  indexes.delete(key)
  batches.set((all) => all.filter((batch) => batch.key !== key))
}

export function updateBatch(key: string, change: Partial<Batch>): void {
  const at = batches.get().findIndex((batch) => batch.key === key)
  const batch = batches.get()[at]
  if (batch !== undefined) batches.set((all) => all.with(at, { ...batch, ...change }))
}

export function findItem(key: string, id: number): BatchItem | undefined {
  const batch = findBatch(key)
  return batch?.items[indexOf(batch, id)]
}

export function updateItem(key: string, id: number, change: Partial<BatchItem>): void {
  const batch = findBatch(key)
  if (batch === undefined) return
  const at = indexOf(batch, id)
  const item = batch.items[at]
  if (item !== undefined) updateBatch(key, { items: batch.items.with(at, { ...item, ...change }) })
}

/**
 * For each batch, the index of each machine's item. Items keep their order, and each of ten thousand machines is looked up several times.
 */
const indexes = new Map<string, ReadonlyMap<number, number>>()

function indexOf({ key, items }: Batch, id: number): number {
  const known = indexes.get(key) ?? new Map(items.map((item, at) => [item.id, at]))
  indexes.set(key, known)
  return known.get(id) ?? -1
}
