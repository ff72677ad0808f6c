import { bind } from '../../actions/action.ts'
import { messageOf, type ApiError } from '../../api/errors.ts'
import { isNotFound } from '../../api/query-client.ts'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { beginOperation, type Begun } from '../run.ts'
import { isOverdue, type Operation } from '../operation.ts'
import { holdBackRows } from '../machine-cache.ts'
import { inWords } from '../state.ts'
import { findOperation, onOperationEnd } from '../store.ts'
import { failsAlike, forgetFailures } from './failing-alike.ts'
import { ALONE_AT_MOST, freshRows, isListWorthIt, isOutdated } from './fresh-rows.ts'
import { restReason } from './rest.ts'
import { nextItems, tally, type Item, type Result, type Run } from './run.ts'
import { findItem, findRun, runs, updateItem, updateRun } from './runs.ts'
import { actionOf } from './task.ts'

const TICK_MS = 1_000
const READ_FAILURES_AT_MOST = 3
const GONE = 'BigV no longer shows it: it is gone, or not yours to see.'

/** The runs that are beginning machines just now, and whether each was asked to again meanwhile. */
const filling = new Map<string, boolean>()
/** Failed readings in a row, and when the next may be made, by run. */
const failures = new Map<string, { count: number; until: number }>()
const overListeners = new Set<(run: Run) => void>()
let ticking: ReturnType<typeof setInterval> | null = null
let following = false

/** Calls the listener with each run that comes to its end, or stops by itself; returns the function that ends it. */
export function onRunOver(listener: (run: Run) => void): () => void {
  overListeners.add(listener)
  return () => overListeners.delete(listener)
}

/**
 * Has a run's next machines begin, as many as may be running, and goes on by itself from there: in hidden tabs and on every page,
 * until nothing is left to begin. Call after each change of a run that may let it go on.
 */
export function advance(key: string): void {
  if (!following) {
    following = true
    onOperationEnd(operationEnded)
  }
  void fill(key)
  tickWhileNeeded()
}

/** Whether a run still begins or watches something. */
export function isActive({ state, items }: Run): boolean {
  const { running, queued } = tally(items)
  return running > 0 || (state === 'running' && queued > 0)
}

async function fill(key: string): Promise<void> {
  if (filling.has(key)) {
    filling.set(key, true)
    return
  }
  try {
    do {
      filling.set(key, false)
      while (await beginNext(key));
    } while (filling.get(key))
  } finally {
    filling.delete(key)
  }
  settle(key)
}

/** Begins what may begin now. Returns whether there may be more: what was read took its time. */
async function beginNext(key: string): Promise<boolean> {
  const batch = ready(key)
  if (batch.length === 0) return false
  let rows: Map<number, VirtualMachine | null>
  try {
    rows = await fetchBatch(key, batch)
  } catch (error) {
    readFailed(key, error as ApiError)
    return false
  }
  // While that was read it may have been paused, stopped, or the user signed out.
  const still = new Set(ready(key).map(({ id }) => id))
  for (const item of batch) {
    if (still.has(item.id)) beginItem(key, item, rows.get(item.id))
  }
  return true
}

function ready(key: string): Item[] {
  const run = findRun(key)
  if (run === undefined || restReason(run) !== null) return []
  return Date.now() < (failures.get(key)?.until ?? 0) ? [] : nextItems(run)
}

/** The rows of those that are read by their lists, null for what is not there; the others read themselves. */
async function fetchBatch(key: string, batch: readonly Item[]): Promise<Map<number, VirtualMachine | null>> {
  const queued = new Map<string, number>()
  for (const { phase, ref } of findRun(key)?.items ?? []) {
    if (phase === 'queued') queued.set(groupOf(ref), (queued.get(groupOf(ref)) ?? 0) + 1)
  }
  const lists = new Map<string, Item['ref']>()
  for (const [group, ref] of new Map(batch.map((item) => [groupOf(item.ref), item.ref]))) {
    if ((queued.get(group) ?? 0) <= ALONE_AT_MOST) continue
    const count = batch.filter((item) => groupOf(item.ref) === group).length
    if (isListWorthIt(ref, count)) lists.set(group, ref)
  }
  const listed = batch.filter(({ ref }) => lists.has(groupOf(ref)))
  const read = new Map(
    await Promise.all([...lists].map(async ([group, ref]) => [group, await freshRows(ref)] as const)),
  )
  if (read.size > 0) failures.delete(key)
  const rows = new Map<number, VirtualMachine | null>()
  for (const { ref, id } of listed) {
    const machine = read.get(groupOf(ref))
    if (machine !== undefined && !isOutdated(machine, id)) rows.set(id, machine.rows.get(id) ?? null)
  }
  return rows
}

function groupOf({ account, group }: Item['ref']): string {
  return JSON.stringify([account, group])
}

function beginItem(key: string, item: Item, row: VirtualMachine | null | undefined): void {
  const run = findRun(key)
  if (run === undefined || item.decidedOn === null) return
  const { ref, id, name, decidedOn } = item
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
  void beginOperation({
    bound: bind(actionOf(run.task)),
    ref,
    id,
    name,
    decidedOn,
    run: key,
    ...(row !== undefined && { row }),
  }).then(
    (begun) => itemBegan(key, id, attempts, begun),
    (error: unknown) => endItem(key, id, 'not sent', messageOf(error)),
  )
}

function itemBegan(key: string, id: number, attempts: number, begun: Begun): void {
  const item = findItem(key, id)
  if (begun.is !== 'unread') failures.delete(key)
  if (item?.phase !== 'begun' || item.attempts !== attempts) return
  if (begun.is === 'begun') updateItem(key, id, { operation: begun.key })
  else if (begun.is === 'refused') endItem(key, id, 'not sent', begun.reason)
  else if (begun.is === 'changed') {
    const { name } = begun.machine.vm
    const called = name === item.name ? '' : ` It is called ${name} now.`
    endItem(key, id, 'not sent', `It has changed since you confirmed: ${inWords(begun.machine)}.${called}`)
  } else if (isNotFound(begun.error)) endItem(key, id, 'not sent', GONE)
  else {
    // Nothing was sent: its turn comes again when reading works again.
    updateItem(key, id, { phase: 'queued', attempts: attempts - 1 })
    readFailed(key, begun.error)
  }
}

function readFailed(key: string, error: ApiError): void {
  // Credentials that are no longer taken are asked for, and the run rests meanwhile.
  if (error.status === 401) return
  const before = failures.get(key)
  // Several that were read at once have failed at once.
  if (before !== undefined && Date.now() < before.until) return
  const count = (before?.count ?? 0) + 1
  if (count < READ_FAILURES_AT_MOST) {
    failures.set(key, { count, until: Date.now() + TICK_MS * 2 ** count })
    return
  }
  failures.delete(key)
  if (findRun(key)?.state !== 'running') return
  updateRun(key, {
    state: 'paused',
    why: `The machines could not be read, so nothing more is sent. ${messageOf(error)}`,
  })
}

function operationEnded(ended: Operation): void {
  const { run: key, key: operation, target, outcome, note, steps, autoreboot } = ended
  if (key === undefined || target.id === null) return
  const item = findItem(key, target.id)
  if (item?.phase !== 'begun' || (item.operation ?? operation) !== operation) return
  // What an earlier attempt changed stays changed.
  const changed = autoreboot ?? item.autoreboot
  updateItem(key, target.id, { operation, autoreboot: changed, steps: [...item.steps, ...steps] })
  const why = findRun(key)?.state === 'running' ? pauseReason(key, item.name, ended) : null
  if (why !== null) updateRun(key, { state: 'paused', why })
  endItem(key, target.id, outcome ?? 'no longer watching', note)
}

/** Why a run pauses by itself after an operation of it has ended; null where it goes on. */
function pauseReason(key: string, name: string, ended: Operation): string | null {
  const alike = failsAlike(key, ended)
  if (ended.steps.at(-1)?.trace?.status === 429) {
    return 'BigV asks to slow down. Go on later, with fewer at once.'
  }
  return alike && findRun(key)?.rolling === false
    ? `Several in a row have failed in the same way, so nothing more begins. The last was ${name}: ${ended.note}`
    : null
}

/** Ends a machine's turn. In a rolling run the first one that is not done ends the others' before they begin. */
function endItem(key: string, id: number, result: Result, note: string): void {
  updateItem(key, id, { phase: 'ended', result, note, endedAt: Date.now(), overdue: false })
  if (result !== 'done') stopRolling(key, id, `${result}.`)
  advance(key)
}

function stopRolling(key: string, id: number, what: string): void {
  const run = findRun(key)
  if (run === undefined || !run.rolling || run.state !== 'running') return
  updateRun(key, {
    state: 'stopped',
    why: `Stopped at the first failure, ${findItem(key, id)?.name ?? ''}: ${what}`,
  })
}

function tick(): void {
  for (const run of runs()) {
    for (const item of run.items) if (item.phase === 'begun' && !item.overdue) noteOverdue(run.key, item)
    if (run.state === 'running') advance(run.key)
    else settle(run.key)
  }
  tickWhileNeeded()
}

function noteOverdue(key: string, { id, operation }: Item): void {
  const found = operation === null ? undefined : findOperation(operation)
  if (found === undefined || !isOverdue(found, Date.now())) return
  updateItem(key, id, { overdue: true })
  stopRolling(key, id, 'overdue. It is still watched.')
}

function tickWhileNeeded(): void {
  const needed = runs().some(isActive)
  holdBackRows(needed)
  if (needed) ticking ??= setInterval(tick, TICK_MS)
  else if (ticking !== null) {
    clearInterval(ticking)
    ticking = null
  }
}

/** Ends a run that has nothing left to begin and waits for nothing, and tells so once. */
function settle(key: string): void {
  const run = findRun(key)
  if (run === undefined || run.state === 'over') return
  const { queued, running } = tally(run.items)
  if (running > 0 || (queued > 0 && run.state !== 'stopped')) return
  const over = {
    ...run,
    state: queued === 0 ? ('over' as const) : run.state,
    endedAt: run.endedAt ?? Date.now(),
  }
  forgetFailures(key)
  updateRun(key, over)
  if (run.endedAt === null) for (const listener of overListeners) listener(over)
}
