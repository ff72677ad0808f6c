import type { ApiError } from '../api/errors.ts'
import { createEmitter, createStore } from '../lib/store.ts'
import type { Operation, Outcome } from './operation.ts'

/** As many operations that have ended are held; the oldest go first. */
export const KEPT_ENDED = 100

/** Every operation of this session, oldest first. stored-operations.ts keeps them over a reload and shows them in other tabs. */
export const operationStore = createStore<readonly Operation[]>([])

export const operations = operationStore.get
export const subscribeOperations = operationStore.subscribe

/** Every operation of this session, oldest first, or what is selected of them. */
export const useOperations = operationStore.use

/** How many operations of this session there are. Re-renders when it is another number only. */
export const useOperationCount = (): number => useOperations(({ length }) => length)

/** How many of them are running. Re-renders when it is another number only. */
export function useRunningCount(): number {
  return useOperations((all) => all.filter(({ phase }) => phase !== 'ended').length)
}

/** The operation running on the machine with this id, if any. Re-renders for that machine's changes only. */
export function useRunning(id: number): Operation | undefined {
  return useOperations((all) => runningOn(all, id))
}

const ended = createEmitter<[Operation]>()
/** Those that ended before the services were there that tell of it; null from then on. */
let endedEarly: Operation[] | null = []

/** Calls the listener with each operation of this tab that ends; returns the function that ends it. */
export const onOperationEnd = ended.on

/** Tells of what has ended before: the services are loaded after the first view. Call once, when all listen. */
export function emitEarlyEnds(): void {
  const missed = endedEarly ?? []
  endedEarly = null
  for (const operation of missed) ended.emit(operation)
}

/** Adds an operation, or replaces the one with its key. The oldest ended ones are forgotten beyond a hundred. */
export function putOperation(operation: Operation): void {
  const all = operations()
  const at = all.findLastIndex(({ key }) => key === operation.key)
  operationStore.set(at === -1 ? [...withoutSurplus(all), operation] : all.with(at, operation))
}

function withoutSurplus(all: readonly Operation[]): readonly Operation[] {
  let surplus = all.reduce((count, { phase }) => count + Number(phase === 'ended'), -KEPT_ENDED)
  return surplus <= 0 ? all : all.filter(({ phase }) => phase !== 'ended' || surplus-- <= 0)
}

/** Removes an operation for which nothing was sent. */
export function removeOperation(key: string): void {
  operationStore.set((all) => all.filter((operation) => operation.key !== key))
}

/**
 * Changes an operation and returns it as it is now, or undefined when it is not there (any more). What has ended stays
 * ended: whoever still works on it comes too late to give it another phase.
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

/** The operation with this key. */
export function findOperation(key: string): Operation | undefined {
  // The newest are asked for most.
  return operations().findLast((operation) => operation.key === key)
}

/** Drops every operation: another user's, after signing out. */
export function clearOperations(): void {
  if (endedEarly !== null) endedEarly = []
  operationStore.set([])
}

/** The operation running on the machine with this id, if any, of those that block others. */
export function blockingOn(list: readonly Operation[], id: number): Operation | undefined {
  const own = onMachine(list, id)
  return own.findLast(({ phase }) => phase === 'checking' || phase === 'sending') ?? own.at(-1)
}

/**
 * The operation running on the machine with this id that is to be shown, if any: one that is only being checked does not
 * hide the one that it may come to replace.
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

// In memory alone: an operation's record outlives the page, and is shared with other tabs.
const failures = new Map<string, ApiError>()
const KEPT = 20
const awaited = new Set<string>()

/** Keeps the error that an operation ended with, for the form that asked for it. */
export function noteFailure(key: string, error: ApiError): void {
  failures.set(key, error)
  for (const oldest of [...failures.keys()].slice(0, -KEPT)) failures.delete(oldest)
}

/** Whether a form waits for the end of this operation, and will say itself what went wrong. */
export function isAwaited(key: string): boolean {
  return awaited.has(key)
}

/** How an operation ended, with BigV's error where one ended it. */
export interface Ended {
  operation: Operation
  error: ApiError | undefined
}

/**
 * Resolves when an operation of this tab has ended; with null when it was dropped without an end, or when the form that waits is
 * gone, which the signal says.
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
