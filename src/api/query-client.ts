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

/** Whether a load that failed so many times may succeed when it is tried again: three more times, after 0.5, 1 and 2 s. */
export function retryLoad(failures: number, error: Error): boolean {
  return failures < FIRST_LOAD_RETRIES && isTransient(error)
}

/**
 * The cache of everything fetched from BigV. Pages poll what they show (polling.ts), hence no refetch on focus and none on
 * reconnecting. `navigator.onLine` is a hint only, so no query is paused for it (`networkMode`). Mutations are never repeated.
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
    // What is sent may have passwords: the cache keeps no mutation once its component is gone.
    mutations: { retry: 0, networkMode: 'always', gcTime: 0 },
  },
})

/** Whether this query failed in the last 2 s, in which an answer would still be fresh: it is not to be repeated by itself. */
export function failedJustNow(queryKey: QueryKey): boolean {
  const state = queryClient.getQueryState(queryKey)
  return state?.status === 'error' && Date.now() - state.errorUpdatedAt < FRESH_MS
}

/** Whether the error is BigV's 404: not found, or no access. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

/** What is fetched; null where BigV answers 404. */
export async function nullIfNotFound<T>(fetched: Promise<T>): Promise<T | null> {
  try {
    return await fetched
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}

/**
 * Keeps the cache to one user. When the user changes, what is under way is cancelled before everything is dropped, or the old user's
 * answer would land afterwards. When the same user has signed in again, what failed and is still shown is fetched again. Call once.
 */
export function followUser(): void {
  let before = currentSession()
  subscribeSession(() => {
    const [was, now] = [before, currentSession()]
    before = now
    // Nobody's cache is empty, and what the prefetch has started must not be dropped.
    if (was.credentials === null) return
    if (was.credentials.username !== now.credentials?.username) {
      // At once: the next user's pages render right after this.
      void queryClient.cancelQueries()
      queryClient.clear()
    } else if (was.expired && !now.expired) {
      const failed = { type: 'active', predicate: ({ state }: Query) => state.status === 'error' } as const
      void queryClient.refetchQueries(failed, { cancelRefetch: false })
    }
  })
}
