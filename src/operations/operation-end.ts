import type { ApiError } from '../api/errors.ts'
import type { Operation } from './operation.ts'
import { findOperation, onOperationEnd } from './store.ts'

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
 * Takes the key of an operation of this tab and resolves when it has ended; with null when it was dropped without an end, or when
 * the form that waits is gone, which the signal says.
 */
export function operationEnd(key: string, signal: AbortSignal): Promise<Ended | null> {
  const end = (operation: Operation) => ({ operation, error: failures.get(key) })
  const now = findOperation(key)
  if (now === undefined || signal.aborted) return Promise.resolve(null)
  if (now.phase === 'ended') return Promise.resolve(end(now))
  awaited.add(key)
  return new Promise((resolve) => {
    const settle = (ended: Ended | null) => {
      stop()
      awaited.delete(key)
      resolve(ended)
    }
    const stop = onOperationEnd((operation) => {
      if (operation.key === key) settle(end(operation))
    })
    signal.addEventListener('abort', () => settle(null), { once: true })
  })
}
