import type { Query, QueryKey } from '@tanstack/react-query'
import { ApiError } from './errors.ts'
import { queryClient, retryLoad } from './query-client.ts'

export interface PollSetting {
  ms: number
  /** When the user chose it, ms since 1970; 0 where they have not. A new interval counts from then on. */
  chosenAt: number
}

/** Why nothing is polled just now: the user has paused it, the browser is offline, BigV rejects the credentials. */
export type PollRest = 'paused' | 'offline' | 'expired'

// `any` as Query itself has it: a query of one resource is not one of unknown data.
// oxlint-disable-next-line typescript/no-explicit-any
type AnyQuery = Query<any, Error, any, any>

const LONGEST_PAUSE_MS = 60_000

/** The pause after so many failures in a row: the interval, doubled for each, up to a minute (or the interval, if that is longer). */
export function pauseAfter(intervalMs: number, failures: number): number {
  return Math.min(intervalMs * 2 ** Math.min(failures, 10), Math.max(LONGEST_PAUSE_MS, intervalMs))
}

/** The pause after a failure of something that is no query: the same, and at least as long as BigV asks to wait (Retry-After). */
export function pauseAfterFailure(intervalMs: number, failures: number, error: unknown): number {
  return Math.max(pauseAfter(intervalMs, failures), error instanceof ApiError ? error.retryAfter : 0)
}

/**
 * When a query is to be fetched next, ms since 1970; null while it is being fetched. Counted from its last answer, because Query
 * restarts its interval whenever a query changes: operations write rows into lists every second, and a list would never be due.
 */
export function nextPollAt(query: AnyQuery, { ms, chosenAt }: PollSetting, now = Date.now()): number | null {
  const { fetchStatus, dataUpdatedAt, errorUpdatedAt } = query.state
  if (fetchStatus !== 'idle') return null
  const last = Math.max(dataUpdatedAt, errorUpdatedAt, chosenAt)
  // Where the clock was put back, the last answer lies in the future: then it is counted from now.
  const from = last === 0 ? now : Math.min(last, now)
  const pause = pauseAfter(ms, failuresInARow(query))
  return from + Math.max(pause, askedToWait(query, from))
}

/** The options by which `useQuery` polls: Query's own interval, with our pauses. */
export function pollingOptions(queryKey: QueryKey, setting: PollSetting, rest: PollRest | null) {
  return {
    refetchInterval: (query: AnyQuery): number | false => {
      const at = nextPollAt(query, setting)
      // 0 would be no interval to Query.
      return rest !== null || at === null ? false : Math.max(1, at - Date.now())
    },
    // Only the first load is retried quickly. A later failure is shown at once, and the next poll is the retry.
    retry: (failures: number, error: Error) => {
      const state = queryClient.getQueryState(queryKey)
      return state?.data === undefined && !state?.errorUpdateCount && retryLoad(failures, error)
    },
  }
}

/** Fetches a polled query now, whatever its pause, unless it is being fetched already. */
export function pollNow(queryKey: QueryKey): void {
  void queryClient.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false })
}

/** Fetches a polled query once a rest is over. While BigV asks to wait (Retry-After), the next poll stays when it is. */
export function pollAfterRest(queryKey: QueryKey): void {
  const query = queryClient.getQueryCache().find({ queryKey })
  if (query === undefined || askedToWait(query, Date.now()) === 0) pollNow(queryKey)
}

/** For how many ms from then on BigV asks to wait (Retry-After of the last failure). */
function askedToWait({ state: { error, errorUpdatedAt } }: AnyQuery, from: number): number {
  if (!(error instanceof ApiError)) return 0
  return Math.max(0, Math.min(errorUpdatedAt, from) + error.retryAfter - from)
}

/** How many failures a query had in all when it last succeeded: Query does not count those in a row. */
const failuresBefore = new WeakMap<AnyQuery, number>()

function failuresInARow(query: AnyQuery): number {
  const { status, errorUpdateCount } = query.state
  if (status === 'success') failuresBefore.set(query, errorUpdateCount)
  return errorUpdateCount - (failuresBefore.get(query) ?? 0)
}
