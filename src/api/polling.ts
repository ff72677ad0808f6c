import type { Query, QueryKey } from '@tanstack/react-query'
import { ApiError } from './errors.ts'
import { queryClient, retryLoad } from './query-client.ts'

export interface PollSetting {
  ms: number
  /** The time when the user chose the interval, ms since 1970; 0 for the default. The first pause starts then. */
  chosenAt: number
}

/** The reason why polling is suspended: paused by the user, or credentials rejected. */
export type PollRest = 'paused' | 'expired'

// `any`, as in Query's own types: a query of one resource can't be assigned to one of unknown data.
// oxlint-disable-next-line typescript/no-explicit-any
type AnyQuery = Query<any, Error, any, any>

const LONGEST_PAUSE_MS = 60_000

/** The pause before the next poll: the interval, doubled for each failure in a row. At most a minute, or the interval if that is longer. */
export function pauseAfter(intervalMs: number, failures: number): number {
  return Math.min(intervalMs * 2 ** Math.min(failures, 10), Math.max(LONGEST_PAUSE_MS, intervalMs))
}

/** The pause for polling without a query: at least as long as BigV asks to wait (Retry-After). */
export function pauseAfterFailure(intervalMs: number, failures: number, error: unknown): number {
  return Math.max(pauseAfter(intervalMs, failures), error instanceof ApiError ? error.retryAfter : 0)
}

/**
 * The time of a query's next poll, ms since 1970; null during a fetch. The pause starts at the last answer. Query restarts its own interval
 * on every change of data: operations write rows into lists every second, so a list would never be due.
 */
export function nextPollAt(query: AnyQuery, { ms, chosenAt }: PollSetting, now = Date.now()): number | null {
  const { fetchStatus, dataUpdatedAt, errorUpdatedAt } = query.state
  if (fetchStatus !== 'idle') return null
  const last = Math.max(dataUpdatedAt, errorUpdatedAt, chosenAt)
  // If the clock was set back, the last answer lies in the future. The pause then starts now.
  const from = last === 0 ? now : Math.min(last, now)
  const pause = pauseAfter(ms, failuresInARow(query))
  return from + Math.max(pause, askedToWait(query, from))
}

/** Options that make `useQuery` poll with our pauses. */
export function pollingOptions(queryKey: QueryKey, setting: PollSetting, rest: PollRest | null) {
  return {
    refetchInterval: (query: AnyQuery): number | false => {
      const at = nextPollAt(query, setting)
      // Query treats an interval of 0 as none.
      return rest !== null || at === null ? false : Math.max(1, at - Date.now())
    },
    // Only the first load is retried quickly. A later failure is shown at once, and the next poll is the retry.
    retry: (failures: number, error: Error) => {
      const state = queryClient.getQueryState(queryKey)
      return state?.data === undefined && !state?.errorUpdateCount && retryLoad(failures, error)
    },
  }
}

/** Fetches a polled query now, unless it is already being fetched. */
export function pollNow(queryKey: QueryKey): void {
  void queryClient.refetchQueries({ queryKey, exact: true }, { cancelRefetch: false })
}

/** Fetches a polled query when polling resumes. While BigV asks to wait (Retry-After), the next poll keeps its time. */
export function pollAfterRest(queryKey: QueryKey): void {
  const query = queryClient.getQueryCache().find({ queryKey })
  if (query === undefined || askedToWait(query, Date.now()) === 0) pollNow(queryKey)
}

/** How many more ms BigV asks to wait, by the Retry-After of the last failure. */
function askedToWait({ state: { error, errorUpdatedAt } }: AnyQuery, from: number): number {
  if (!(error instanceof ApiError)) return 0
  return Math.max(0, Math.min(errorUpdatedAt, from) + error.retryAfter - from)
}

/** A query's total failures at its last success. Query only has the total, and we need the failures in a row. */
const failuresBefore = new WeakMap<AnyQuery, number>()

function failuresInARow(query: AnyQuery): number {
  const { status, errorUpdateCount } = query.state
  if (status === 'success') failuresBefore.set(query, errorUpdateCount)
  return errorUpdateCount - (failuresBefore.get(query) ?? 0)
}
