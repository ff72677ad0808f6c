import { QueryClient, type Query, type QueryKey } from '@tanstack/react-query'
import { currentSession, subscribeSession } from '../session/session.ts'
import { ApiError, isTransient } from './errors.ts'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Error
  }
}

const FIRST_LOAD_RETRIES = 3
const FRESH_MS = 2_000

/** True if a failed first load should be retried: after a transient error, up to three times, after 0.5, 1 and 2 s. */
export function retryLoad(failures: number, error: Error): boolean {
  return failures < FIRST_LOAD_RETRIES && isTransient(error)
}

/**
 * The cache of all data fetched from BigV. Pages poll their data (polling.ts), so there is no refetch on focus or reconnect.
 * `navigator.onLine` is only a hint, so being offline pauses no query (`networkMode`). Mutations are never repeated.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: FRESH_MS,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // Don't repeat a request that the prefetch just saw fail.
      retryOnMount: ({ queryKey }) => !failedJustNow(queryKey),
      retry: retryLoad,
      retryDelay: (failures) => 500 * 2 ** failures,
    },
    // Mutations may contain passwords, so each leaves the cache once its component has unmounted.
    mutations: { retry: 0, networkMode: 'always', gcTime: 0 },
  },
})

/** True if this query failed within the last 2 s. It isn't repeated automatically then, just as data that young isn't fetched again. */
export function failedJustNow(queryKey: QueryKey): boolean {
  const state = queryClient.getQueryState(queryKey)
  return state?.status === 'error' && Date.now() - state.errorUpdatedAt < FRESH_MS
}

/** True for BigV's 404: not found, or no access. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

/** The fetched data, or null if BigV answers 404. */
export async function nullIfNotFound<T>(fetched: Promise<T>): Promise<T | null> {
  try {
    return await fetched
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

/**
 * Limits the cache to one user's data. When the user changes, running fetches are cancelled before the cache is cleared, because their
 * answers would arrive afterwards. When the same user has signed in again, failed queries on screen are fetched again. Call once.
 */
export function followUser(): void {
  let before = currentSession()
  subscribeSession(() => {
    const [was, now] = [before, currentSession()]
    before = now
    // Nobody was signed in, so the cache holds only the running prefetch, which must not be cancelled.
    if (was.credentials === null) return
    if (was.credentials.username !== now.credentials?.username) {
      // Clear synchronously: the next user's pages render right afterwards.
      void queryClient.cancelQueries()
      queryClient.clear()
    } else if (was.expired && !now.expired) {
      const failed = { type: 'active', predicate: ({ state }: Query) => state.status === 'error' } as const
      void queryClient.refetchQueries(failed, { cancelRefetch: false })
    }
  })
}
