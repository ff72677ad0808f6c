import { bind } from '../../actions/action.ts'
import { simpleActions } from '../../actions/index.ts'
import { messageOf, type ApiError } from '../../api/errors.ts'
import { isNotFound } from '../../api/query-client.ts'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { mayLeaveFor } from '../../lib/browser/ask-before-closing.ts'
import { createEmitter } from '../../lib/store.ts'
import { holdBackRows } from '../machine-cache.ts'
import { isOverdue, type Operation } from '../operation.ts'
import { beginOperation, type Begun } from '../run.ts'
import { inWords } from '../state.ts'
import { findOperation, onOperationEnd, operations, removeOperation } from '../store.ts'
import {
  batches,
  findBatch,
  findItem,
  isActive,
  tally,
  updateBatch,
  updateItem,
  type Batch,
  type BatchItem,
  type ItemOutcome,
} from './batch.ts'
import { fetchRows } from './fetch-machines.ts'
import {
  forgetFailedFetches,
  forgetFailures,
  isFetchDelayed,
  noteFailedFetch,
  pauseReason,
  waitReason,
} from './pauses.ts'
import { advance, nextItems, type Work } from './runner.ts'

const TICK_MS = 1_000
const GONE = 'The machine was not found, or you don’t have access.'

const batchEnded = createEmitter<[batch: Batch]>()
let ticking: ReturnType<typeof setInterval> | null = null
let following = false

/** Calls the listener with each batch that ends or stops automatically. Returns a function that unsubscribes it. */
export const onBatchEnd = batchEnded.on

/**
 * Begins as many of a batch's machines as may run, and continues until none is left to begin, on every page and in hidden tabs. Call it
 * after each change that may allow another machine to begin.
 */
export function advanceBatch(key: string): void {
  if (!following) {
    following = true
    onOperationEnd(operationEnded)
  }
  void advance(key, workOf(key))
  tickWhileNeeded()
}

/** Pauses or stops a batch. Machines that only wait for other requests to finish return to the batch's queue. */
export function haltBatch(key: string, state: 'paused' | 'stopped', why: string): void {
  updateBatch(key, { state, why })
  for (const operation of operations()) {
    const { batch, phase, otherTab, target, steps } = operation
    if (batch !== key || phase !== 'queued' || otherTab || steps.length > 0 || target.id === null) continue
    const { attempts = 1 } = findItem(key, target.id) ?? {}
    updateItem(key, target.id, { phase: 'queued', attempts: attempts - 1 })
    removeOperation(operation.key)
  }
}

/** How many machines have begun and aren't done or overdue. Those that still wait for other requests to finish count, too. */
function begunOf({ items }: Batch): number {
  return items.filter(({ phase, overdue }) => phase === 'begun' && !overdue).length
}

function workOf(key: string): Work<BatchItem> {
  return {
    queued: () => {
      const batch = findBatch(key)
      const mayBegin = batch?.state === 'running' && waitReason(batch) === null && !isFetchDelayed(key)
      return mayBegin ? queuedOf(batch) : []
    },
    free: () => {
      const batch = findBatch(key)
      return batch === undefined ? 0 : batch.atOnce - begunOf(batch)
    },
    begin: (items) => beginItems(key, items),
    onIdle: () => endIfOver(key),
  }
}

function queuedOf(batch: Batch | undefined): BatchItem[] {
  return batch?.items.filter(({ phase }) => phase === 'queued') ?? []
}

async function beginItems(key: string, items: readonly BatchItem[]): Promise<void> {
  let rows: Map<number, VirtualMachine | null>
  try {
    rows = await fetchRows(items, queuedOf(findBatch(key)))
  } catch (error) {
    fetchFailed(key, error as ApiError)
    return
  }
  if (rows.size > 0) forgetFailedFetches(key)
  // The browser is asking whether to leave the page. If the user stays, the runner begins these machines again, with a new fetch.
  if (mayLeaveFor() > 0) return
  // During the fetch, the batch may have been paused or stopped, or the user may have signed out.
  const still = new Set(nextItems(workOf(key)).map(({ id }) => id))
  for (const item of items) if (still.has(item.id)) beginItem(key, item, rows.get(item.id))
}

function beginItem(key: string, item: BatchItem, row: VirtualMachine | null | undefined): void {
  const batch = findBatch(key)
  const { ref, id, name, decidedOn } = item
  if (batch === undefined || decidedOn === null) return
  const attempts = item.attempts + 1
  updateItem(key, id, {
    phase: 'begun',
    operation: null,
    overdue: false,
    note: '',
    attempts,
    begunAt: Date.now(),
    endedAt: null,
  })
  if (row === null) {
    endItem(key, id, 'not sent', GONE)
    return
  }
  const bound = bind(simpleActions[batch.action])
  void beginOperation({
    bound,
    ref,
    id,
    name,
    decidedOn,
    batch: key,
    ...(row !== undefined && { row }),
  }).then(
    (begun) => itemBegan(key, id, attempts, begun),
    (error: unknown) => endItem(key, id, 'not sent', messageOf(error)),
  )
}

function itemBegan(key: string, id: number, attempts: number, begun: Begun): void {
  const item = findItem(key, id)
  if (begun.is !== 'fetch failed') forgetFailedFetches(key)
  if (item?.phase !== 'begun' || item.attempts !== attempts) return
  if (begun.is === 'begun') updateItem(key, id, { operation: begun.key })
  else if (begun.is === 'refused') endItem(key, id, 'not sent', begun.reason)
  else if (begun.is === 'changed') {
    const { name } = begun.machine.vm
    const called = name === item.name ? '' : ` The machine is now called ${name}.`
    endItem(
      key,
      id,
      'not sent',
      `The machine changed after you confirmed: ${inWords(begun.machine)}.${called}`,
    )
  } else if (isNotFound(begun.error)) endItem(key, id, 'not sent', GONE)
  else {
    // Nothing was sent, so the machine is queued again.
    updateItem(key, id, { phase: 'queued', attempts: attempts - 1 })
    fetchFailed(key, begun.error)
  }
}

function fetchFailed(key: string, error: ApiError): void {
  // After a 401 the user is asked to sign in again, and the batch waits.
  const why = error.status === 401 ? null : noteFailedFetch(key, error)
  if (why !== null && findBatch(key)?.state === 'running') haltBatch(key, 'paused', why)
}

function operationEnded(ended: Operation): void {
  const { batch: key, key: operation, target, outcome, note, steps, autoreboot } = ended
  if (key === undefined || target.id === null) return
  const batch = findBatch(key)
  const item = findItem(key, target.id)
  if (item?.phase !== 'begun' || (item.operation ?? operation) !== operation) return
  // If this attempt didn't change autoreboot_on, an earlier attempt's change still counts.
  const changed = autoreboot ?? item.autoreboot
  updateItem(key, target.id, { operation, autoreboot: changed, steps: [...item.steps, ...steps] })
  const why = batch?.state === 'running' ? pauseReason(batch, item.name, ended) : null
  if (why !== null) haltBatch(key, 'paused', why)
  endItem(key, target.id, outcome ?? 'no longer watching', note)
}

/** Ends a machine's turn. A rolling batch stops at the first machine that isn't done. */
function endItem(key: string, id: number, result: ItemOutcome, note: string): void {
  updateItem(key, id, { phase: 'ended', result, note, endedAt: Date.now(), overdue: false })
  if (result !== 'done') stopRolling(key, id, `${result}.`)
  advanceBatch(key)
}

function stopRolling(key: string, id: number, what: string): void {
  const batch = findBatch(key)
  if (batch === undefined || !batch.rolling) return
  const name = findItem(key, id)?.name ?? ''
  const isFirst = batch.state === 'running' || batch.why === stoppedAt(name, OVERDUE)
  if (isFirst) haltBatch(key, 'stopped', stoppedAt(name, what))
}

const OVERDUE = 'overdue. The dashboard keeps watching it.'

function stoppedAt(name: string, what: string): string {
  return `Stopped at the first failure, ${name}: ${what}`
}

/** Corrects the result of an unclear machine that has turned out to be done. */
export function correctItem(
  key: string,
  id: number,
  change: Pick<BatchItem, 'note'> & Partial<BatchItem>,
): void {
  const batch = findBatch(key)
  const item = findItem(key, id)
  if (batch === undefined || item?.result !== 'unclear') return
  updateItem(key, id, { ...change, result: 'done' })
  const why = stoppedAt(item.name, 'unclear.')
  if (batch.why === why) updateBatch(key, { why: `${why} It has since turned out to be done.` })
}

/** Notifies the user again of the end of a batch whose results were corrected. */
export function notifyAgain(key: string): void {
  const batch = findBatch(key)
  if (batch !== undefined && batch.endedAt !== null) batchEnded.emit(batch)
}

function tick(): void {
  for (const batch of batches.get()) {
    for (const item of batch.items) if (item.phase === 'begun' && !item.overdue) markOverdue(batch.key, item)
    if (batch.state === 'running') advanceBatch(batch.key)
    else endIfOver(batch.key)
  }
  tickWhileNeeded()
}

function markOverdue(key: string, { id, operation }: BatchItem): void {
  const found = operation === null ? undefined : findOperation(operation)
  if (found === undefined || !isOverdue(found, Date.now())) return
  updateItem(key, id, { overdue: true })
  stopRolling(key, id, OVERDUE)
}

/**
 * Checks every second for overdue operations and finished waits, as long as a batch is active. Meanwhile, changed rows of lists are
 * collected and shown together.
 */
function tickWhileNeeded(): void {
  const needed = batches.get().some(isActive)
  holdBackRows(needed)
  if (needed) ticking ??= setInterval(tick, TICK_MS)
  else if (ticking !== null) {
    clearInterval(ticking)
    ticking = null
  }
}

/** Ends a batch if no machine is running or left to begin, and notifies once. */
function endIfOver(key: string): void {
  const batch = findBatch(key)
  if (batch === undefined || batch.state === 'over') return
  const { queued } = tally(batch.items)
  if (begunOf(batch) > 0 || (queued > 0 && batch.state !== 'stopped')) return
  const last = {
    ...batch,
    state: queued === 0 ? ('over' as const) : batch.state,
    endedAt: batch.endedAt ?? Date.now(),
  }
  forgetFailures(key)
  updateBatch(key, last)
  if (batch.endedAt === null) batchEnded.emit(last)
}
