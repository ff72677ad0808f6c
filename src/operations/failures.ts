import type { ApiError } from '../api/errors.ts'
import type { Operation } from './operation.ts'
import { findOperation, onOperationEnd } from './store.ts'

// In memory alone: an operation's record outlives the page, and is shared with other tabs.
const failures = new Map<string, ApiError>()
const KEPT = 20

/** Keeps the error that an operation ended with, for the form that asked for it. */
export function noteFailure(key: string, error: ApiError): void {
  failures.set(key, error)
  for (const oldest of [...failures.keys()].slice(0, -KEPT)) failures.delete(oldest)
}

/** How an operation ended, with BigV's error where one ended it. */
export interface Ended {
  operation: Operation
  error: ApiError | undefined
}

/** Takes the key of an operation of this tab and resolves when it has ended; null when it was dropped without an end. */
export function operationEnd(key: string): Promise<Ended | null> {
  const end = (operation: Operation) => ({ operation, error: failures.get(key) })
  const now = findOperation(key)
  if (now === undefined) return Promise.resolve(null)
  if (now.phase === 'ended') return Promise.resolve(end(now))
  return new Promise((resolve) => {
    const stop = onOperationEnd((operation) => {
      if (operation.key !== key) return
      stop()
      resolve(end(operation))
    })
  })
}
