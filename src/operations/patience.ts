import { endOperation, updateOperation } from './store.ts'

/** The user goes on waiting for an overdue operation: its spell begins anew. */
export function keepWaiting(key: string): void {
  updateOperation(key, { patienceFrom: Date.now() })
}

/** The user stops watching. BigV may still do what it was asked to. */
export function giveUp(key: string): void {
  endOperation(key, 'no longer watching', 'You stopped watching. BigV may still do it.')
}
