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

/**
 * The cache of what was read from BigV. Reads are asked for by pages and repeated by our own poller, hence no refetch
 * of Query's own; writes never pass through it but in forms, and are neither repeated nor queued while offline.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: FRESH_MS,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // A page that comes to what the first reading was just refused does not ask again.
      retryOnMount: ({ queryKey }) => !failedJustNow(queryKey),
      retry: (failures, error) => failures < FIRST_LOAD_RETRIES && isTransient(error),
      retryDelay: (failures) => 500 * 2 ** failures,
    },
    mutations: { retry: 0, networkMode: 'always' },
  },
})

/** Whether this reading has failed so lately (2 s) that an answer would still count as fresh: it is not to be begun again by itself. */
export function failedJustNow(queryKey: QueryKey): boolean {
  const state = queryClient.getQueryState(queryKey)
  return state?.status === 'error' && Date.now() - state.errorUpdatedAt < FRESH_MS
}

/** Whether the error is BigV's 404: nothing there, or not yours to see. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

/**
 * Keeps the cache to one user: when somebody else signs in, or the user out, what is under way is cancelled before
 * everything is dropped, or the old user's answer would land afterwards. Repeats what failed for its credentials, and is still
 * shown, when the same user is back. Call once, at the start.
 */
export function followUser(): void {
  let before = currentSession()
  subscribeSession(() => {
    const [was, now] = [before, currentSession()]
    before = now
    // Nobody's cache is empty, and what the first page is reading already must not be dropped.
    if (was.credentials === null) return
    if (was.credentials.username !== now.credentials?.username) {
      // At once: the next user's pages are drawn right after this.
      void queryClient.cancelQueries()
      queryClient.clear()
    } else if (was.expired && !now.expired) {
      const failed = { type: 'active', predicate: ({ state }: Query) => state.status === 'error' } as const
      void queryClient.refetchQueries(failed, { cancelRefetch: false })
    }
  })
}
