import type { ApiError } from '../api/errors.ts'
import { createEmitter, createStore } from '../lib/store.ts'
import type { Operation, Outcome } from './operation.ts'
import type { Plan } from './plan.ts'

/** How many ended operations are kept; the oldest are dropped first. */
export const MOST_ENDED = 100

/** All operations of this session, oldest first. stored-operations.ts stores them over a reload and shows them in other tabs. */
export const operationStore = createStore<readonly Operation[]>([])

export const operations = operationStore.get
export const subscribeOperations = operationStore.subscribe

/** All operations of this session, oldest first, or a selection of them. */
export const useOperations = operationStore.use

/** The operation running on the machine with this id, if any. Re-renders only when that operation changes. */
export function useRunning(id: number): Operation | undefined {
  return useOperations((all) => runningOn(all, id))
}

/**
 * The ids of the machines whose turn in a bulk run of this tab is still to come; they have no operation yet. The store is here, because the
 * code of bulk runs is loaded with the first of them. operations/batch/queued-ids.ts sets it.
 */
export const queuedInBatches = createStore<ReadonlySet<number>>(new Set())

/** True if the machine with this id waits for its turn in a bulk run. Re-renders only when the result changes. */
export function useIsQueuedInBatch(id: number): boolean {
  return queuedInBatches.use((ids) => ids.has(id))
}

const ended = createEmitter<[Operation]>()
/** The operations that ended before `emitEarlyEnds` was called; null afterwards. */
let endedEarly: Operation[] | null = []

/** Calls the listener with each operation of this tab that ends. Returns a function that unsubscribes it. */
export const onOperationEnd = ended.on

/**
 * Notifies the listeners of operations that have already ended: the listeners are loaded only after the first view. Call once, when all
 * have subscribed.
 */
export function emitEarlyEnds(): void {
  const missed = endedEarly ?? []
  endedEarly = null
  for (const operation of missed) ended.emit(operation)
}

/** Adds an operation, or replaces the operation with its key. If more than a hundred have ended, the oldest of them are dropped. */
export function putOperation(operation: Operation): void {
  const all = operations()
  const at = all.findLastIndex(({ key }) => key === operation.key)
  operationStore.set(at === -1 ? [...withoutExcess(all), operation] : all.with(at, operation))
}

function withoutExcess(all: readonly Operation[]): readonly Operation[] {
  let excess = all.reduce((count, { phase }) => count + Number(phase === 'ended'), -MOST_ENDED)
  return excess <= 0 ? all : all.filter(({ phase }) => phase !== 'ended' || excess-- <= 0)
}

/** Removes an operation that has sent nothing. */
export function removeOperation(key: string): void {
  operationStore.set((all) => all.filter((operation) => operation.key !== key))
}

/**
 * Changes an operation. Returns the changed operation, or undefined if it no longer exists. An ended operation keeps its phase, because
 * code that still works on it is too late.
 */
export function updateOperation(key: string, change: Partial<Operation>): Operation | undefined {
  const operation = findOperation(key)
  if (operation === undefined) return undefined
  if (operation.phase === 'ended' && change.phase !== undefined) return operation
  const next = { ...operation, ...change }
  putOperation(next)
  return next
}

/** Ends an operation, unless it has ended already. */
export function endOperation(key: string, outcome: Outcome, note: string): void {
  const operation = findOperation(key)
  if (operation === undefined || operation.phase === 'ended') return
  const after = updateOperation(key, { phase: 'ended', outcome, note, endedAt: Date.now() })
  if (after === undefined) return
  endedEarly?.push(after)
  ended.emit(after)
}

export function findOperation(key: string): Operation | undefined {
  // Searched from the end, because the newest operations are looked up most.
  return operations().findLast((operation) => operation.key === key)
}

/** Drops every operation, because they belong to the user who was signed in before. */
export function clearOperations(): void {
  if (endedEarly !== null) endedEarly = []
  operationStore.set([])
}

/** The operation on the machine with this id that blocks others, if any. */
export function blockingOn(list: readonly Operation[], id: number): Operation | undefined {
  const own = onMachine(list, id)
  return (
    own.findLast(({ phase }) => phase === 'queued' || phase === 'checking' || phase === 'sending') ??
    own.at(-1)
  )
}

/**
 * The operation to show for the machine with this id, if any. An operation that is only checking doesn't hide the operation that it may
 * replace.
 */
export function runningOn(list: readonly Operation[], id: number): Operation | undefined {
  const own = onMachine(list, id)
  return own.findLast(({ phase }) => phase !== 'checking') ?? own.at(-1)
}

function onMachine(list: readonly Operation[], id: number): Operation[] {
  return list.filter(
    ({ phase, target, also, blocksNothing }) =>
      phase !== 'ended' && (target.id === id || also?.id === id) && !blocksNothing,
  )
}

// Errors are in memory only, because an operation's record outlives the page and is shared with other tabs.
const failures = new Map<string, ApiError>()
const MOST_FAILURES = 20
const awaited = new Set<string>()

/** Keeps the error that ended an operation, for the form that waits for the operation. */
export function noteFailure(key: string, error: ApiError): void {
  failures.set(key, error)
  for (const oldest of [...failures.keys()].slice(0, -MOST_FAILURES)) failures.delete(oldest)
}

/** True if a form waits for this operation and will show its error. */
export function isAwaited(key: string): boolean {
  return awaited.has(key)
}

/** How an operation ended, with BigV's error, if any. */
export interface Ended {
  operation: Operation
  error: ApiError | undefined
}

/**
 * Resolves when an operation of this tab has ended. Resolves with null if the operation was dropped before its end, or if the waiting form
 * was closed (`signal`).
 */
export function operationEnd(key: string, signal: AbortSignal): Promise<Ended | null> {
  const end = (operation: Operation) => ({ operation, error: failures.get(key) })
  const now = findOperation(key)
  if (now === undefined || signal.aborted) return Promise.resolve(null)
  if (now.phase === 'ended') return Promise.resolve(end(now))
  awaited.add(key)
  return new Promise((resolve) => {
    const settle = (ended: Ended | null) => {
      for (const stop of stops) stop()
      awaited.delete(key)
      resolve(ended)
    }
    const stops = [
      onOperationEnd((operation) => operation.key === key && settle(end(operation))),
      subscribeOperations(() => findOperation(key) === undefined && settle(null)),
    ]
    signal.addEventListener('abort', () => settle(null), { once: true })
  })
}

/**
 * All plans of this tab and the others, oldest first: one for each machine, and the dismissed ones. stored-plans.ts stores them over a
 * reload and shows them in other tabs. The store isn't in plan-store.ts, because that file loads the actions' code, and the first view only
 * counts what is running.
 */
export const planStore = createStore<readonly Plan[]>([])

/** All plans, or a selection of them. */
export const usePlans = planStore.use
