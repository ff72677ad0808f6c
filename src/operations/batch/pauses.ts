import { messageOf, type ApiError } from '../../api/errors.ts'
import { currentSession } from '../../session/session.ts'
import type { Operation } from '../operation.ts'
import { isReadOnly, readOnlyReason } from '../read-only.ts'
import type { Batch } from './batch.ts'

/** So many machines of a batch have to fail alike, one after the other, before it pauses. */
const ALIKE_AT_MOST = 5
/** So often the machines may fail to be fetched, one time after the other, before it pauses. */
const FETCHES_AT_MOST = 3
/** The first wait after a failed fetch; the next ones double it. */
const WAIT_MS = 2_000

/** What the last machines of a batch have failed of, and how many in a row, by batch. */
const failures = new Map<string, { cause: string; count: number }>()
/** Failed fetches in a row, and when the next may be made, by batch. */
const fetches = new Map<string, { count: number; until: number }>()

/** Why nothing of a batch may begin just now, or null. It is no pause: it ends by itself when the reason is gone. */
export function restReason({ username }: Pick<Batch, 'username'>): string | null {
  const { credentials, expired } = currentSession()
  if (expired || credentials === null) return 'It goes on when you have signed in again.'
  if (credentials.username !== username) return 'Somebody else is signed in.'
  if (!navigator.onLine) return 'This browser is offline. It goes on when it is back.'
  return readOnlyReason(isReadOnly())
}

/** Why a batch pauses by itself after one of its operations has ended; null where it goes on. */
export function pauseReason({ key, rolling }: Batch, name: string, ended: Operation): string | null {
  const alike = failsAlike(key, ended)
  if (ended.steps.at(-1)?.trace?.status === 429) {
    return 'BigV asks to slow down. Go on later, with fewer at once.'
  }
  // A rolling one stops at the first failure anyway.
  return alike && !rolling
    ? `Several in a row have failed in the same way, so nothing more begins. The last was ${name}: ${ended.note}`
    : null
}

/** Notes that machines could not be fetched; returns why the batch pauses for it, or null while it is to be tried again. */
export function noteFailedFetch(key: string, error: ApiError): string | null {
  const before = fetches.get(key)
  // Several that were fetched at once have failed at once.
  if (before !== undefined && Date.now() < before.until) return null
  const count = (before?.count ?? 0) + 1
  fetches.set(key, { count, until: Date.now() + WAIT_MS * 2 ** (count - 1) })
  if (count < FETCHES_AT_MOST) return null
  fetches.delete(key)
  return `The machines could not be read, so nothing more is sent. ${messageOf(error)}`
}

/** Whether the last fetch failed a moment ago, so that the next has to wait. */
export function isFetchDelayed(key: string): boolean {
  return Date.now() < (fetches.get(key)?.until ?? 0)
}

/** Fetching works again. */
export function forgetFailedFetches(key: string): void {
  fetches.delete(key)
}

/** Counts a batch's failures anew: it is over, or the user has resumed it. */
export function forgetFailures(key: string): void {
  failures.delete(key)
}

/**
 * Whether so many in a row have failed alike that it is BigV, the way there or the user's rights, and not the machines: no answer,
 * the same 5xx, or 403. Counts anew after that.
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
  if (outcome === 'unclear') return `unclear ${status ?? 0}`
  return outcome === 'refused' && status === 403 ? 'refused 403' : null
}
