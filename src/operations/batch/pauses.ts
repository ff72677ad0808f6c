import { messageOf, type ApiError } from '../../api/errors.ts'
import { currentSession } from '../../session/session.ts'
import type { Operation } from '../operation.ts'
import { isReadOnly, readOnlyReason } from '../../session/read-only.ts'
import type { Batch } from './batch.ts'

/** A batch pauses after this many machines in a row have failed in the same way. */
const ALIKE_AT_MOST = 5
/** A batch pauses after this many failed fetches in a row. */
const FETCHES_AT_MOST = 3
/** The wait after a failed fetch. It doubles with each further failure. */
const WAIT_MS = 2_000

/** For each batch, why its last machines failed, and how many did so in a row. */
const failures = new Map<string, { cause: string; count: number }>()
/** For each batch, the number of failed fetches in a row, and the earliest time of the next fetch. */
const fetches = new Map<string, { count: number; until: number }>()

/** Why a batch waits, or null. Unlike a pause, a wait ends automatically. */
export function waitReason({ username }: Pick<Batch, 'username'>): string | null {
  const { credentials, expired } = currentSession()
  if (expired || credentials === null) return 'Waiting for you to sign in again.'
  if (credentials.username !== username) return 'Another user is signed in.'
  return readOnlyReason(isReadOnly())
}

/** Why a batch pauses automatically after this operation, or null. */
export function pauseReason({ key, rolling }: Batch, name: string, ended: Operation): string | null {
  const alike = failsAlike(key, ended)
  if (ended.steps.at(-1)?.trace?.status === 429) {
    return 'Too many requests. Resume later, with fewer in parallel.'
  }
  // A rolling batch stops at the first failure anyway.
  return alike && !rolling
    ? `Several machines in a row failed in the same way. The last was ${name}: ${ended.note}`
    : null
}

/** Counts a failed fetch. Returns why the batch pauses, or null if the fetch should be retried. */
export function noteFailedFetch(key: string, error: ApiError): string | null {
  const before = fetches.get(key)
  // Fetches that were sent at the same time fail at the same time, so they count as one.
  if (before !== undefined && Date.now() < before.until) return null
  const count = (before?.count ?? 0) + 1
  fetches.set(key, { count, until: Date.now() + WAIT_MS * 2 ** (count - 1) })
  if (count < FETCHES_AT_MOST) return null
  fetches.delete(key)
  return `Couldn’t load the machines, so nothing more is sent. ${messageOf(error)}`
}

/** True if the next fetch has to wait because the last fetch failed. */
export function isFetchDelayed(key: string): boolean {
  return Date.now() < (fetches.get(key)?.until ?? 0)
}

export function forgetFailedFetches(key: string): void {
  fetches.delete(key)
}

export function forgetFailures(key: string): void {
  failures.delete(key)
}

/**
 * True if many machines in a row got no answer, the same 5xx, or a 403: the cause is then BigV, the network or the user's rights rather
 * than the machines. The count then starts again.
 */
function failsAlike(key: string, { outcome, steps }: Operation): boolean {
  const cause = causeOf(outcome, steps.at(-1)?.trace?.status)
  if (cause === null) {
    failures.delete(key)
    return false
  }
  const before = failures.get(key)
  const count = before?.cause === cause ? before.count + 1 : 1
  if (count < ALIKE_AT_MOST) failures.set(key, { cause, count })
  else failures.delete(key)
  return count >= ALIKE_AT_MOST
}

function causeOf(outcome: Operation['outcome'], status: number | undefined): string | null {
  // BigV answered, but no restart was seen, which depends on the guest.
  if (outcome === 'unclear' && status !== undefined && status >= 200 && status < 300) return null
  if (outcome === 'unclear') return `unclear ${status ?? 0}`
  return outcome === 'refused' && status === 403 ? 'refused 403' : null
}
