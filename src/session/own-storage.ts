import { browserStorage } from '../lib/browser/storage.ts'
import { currentSession } from './session.ts'

// All tabs have one storage, and each may be another user's. What was gathered about a user, not saved by him, is of a kind that
// begins with `bigv.gathered.`: it goes when he signs out.

/** Under which key this browser keeps what is of this kind and of the user who is signed in. */
export const ownKey = (kind: string): string => `${kind} ${currentSession().credentials?.username ?? ''}`

/** What this browser keeps of this kind of the user who is signed in; null where that is nothing, or nobody. */
export function readOwn(kind: string): unknown {
  return browserStorage.read(ownKey(kind))
}

/** Keeps it for the user who is signed in. What is written when nobody is goes nowhere. */
export function writeOwn(kind: string, value: unknown): void {
  if (currentSession().credentials !== null) browserStorage.write(ownKey(kind), value)
}
