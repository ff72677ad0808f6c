import type { QueryKey, QueryState } from '@tanstack/react-query'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useSyncExternalStore, type ReactNode } from 'react'
import { ApiError, messageOf, traceLine } from '../../api/errors.ts'
import { nextPollAt, pollNow } from '../../api/polling.ts'
import { queryClient } from '../../api/query-client.ts'
import { formatWhen, formatSpan } from '../../lib/times.ts'
import { useNow, useNowSelected } from '../../lib/use-now.ts'
import { useSession } from '../../session/session.ts'
import { Button } from '../../ui/button.tsx'
import { lazyComponent } from '../../ui/lazy.tsx'
import { Silent } from '../../ui/live-region.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { FormError, Notice } from '../../ui/notice.tsx'
import { useIntervalSetting, usePollRest } from './polling.ts'

// Shows how old a page's data is, and refreshes it.

const PollMenuItems = lazyComponent(async () => (await import('./poll-menu-items.tsx')).PollMenuItems)
const INTERVALS_UNTIL_OLD = 3

/** `select` must return a primitive or a stable object: the component re-renders when it changes. */
export function useQueryState<T>(queryKey: QueryKey, select: (state: QueryState | undefined) => T): T {
  return useSyncExternalStore(subscribeQueries, () => select(queryClient.getQueryState(queryKey)))
}

/**
 * Passes the time of the last good answer to its child (ms since 1970; 0: none yet). This is a component of its own because otherwise a
 * list of thousands of machines would re-render at each poll, even without any other change.
 */
export function UpdatedAt({
  queryKey,
  children,
}: {
  queryKey: QueryKey
  children: (updatedAt: number) => ReactNode
}) {
  return <>{children(useQueryState(queryKey, updatedAtOf))}</>
}

/**
 * True if the data may be out of date: the last refresh failed, the last good answer is older than three intervals (after a pause, a
 * computer's sleep or hanging requests), or BigV rejects the credentials. Re-renders only when that changes.
 */
export function useStale(queryKey: QueryKey, failed: boolean): boolean {
  const { ms } = useIntervalSetting()
  const isOld = (now: number, updatedAt: number) =>
    updatedAt > 0 && now - updatedAt > INTERVALS_UNTIL_OLD * ms
  // Re-renders at each answer, so that new data counts as fresh at once and not only at the clock's next tick.
  useQueryState(queryKey, (state) => isOld(Date.now(), updatedAtOf(state)))
  const old = useNowSelected((now) => isOld(now, updatedAtOf(queryClient.getQueryState(queryKey))))
  const expired = useSession((session) => session.expired)
  return failed || old || expired
}

/** The button that opens the refresh menu. It shows the time of the last update and the interval, in one line or two (`stacked`). */
export function PollControl({ queryKey, stacked = false }: { queryKey: QueryKey; stacked?: boolean }) {
  const { ms } = useIntervalSetting()
  // Nothing is refreshed while the user is signed out, either.
  const paused = usePollRest() !== null
  return (
    <Menu
      label="Refresh"
      align="end"
      trigger={
        <Button
          variant="quiet"
          size="small"
          className={`font-normal! print:inline-flex! ${stacked ? 'h-10!' : ''}`}
        >
          <span className={stacked ? 'flex flex-col items-end leading-snug' : ''}>
            <span>
              <UpdatedAt queryKey={queryKey}>
                {(at) =>
                  at > 0 && (
                    <>
                      <span className="max-sm:sr-only">Updated </span>
                      {formatWhen(at)}{' '}
                      <span className={stacked ? 'sr-only' : paused ? '' : 'max-sm:sr-only'}>· </span>
                    </>
                  )
                }
              </UpdatedAt>
            </span>
            {/* In a list on a phone there is room only for what needs attention. */}
            {paused ? (
              'paused'
            ) : (
              <span className={stacked ? '' : 'max-sm:sr-only'}>every {formatSpan(ms)}</span>
            )}
          </span>
          <ChevronDown size={12} aria-hidden />
        </Button>
      }
    >
      <PollMenuItems queryKey={queryKey} />
    </Menu>
  )
}

interface ProblemProps {
  error: Error
  queryKey: QueryKey
  /** True if the notice floats above the page. */
  floating?: boolean
}

/** A notice after a failed refresh: the age of the data, the error and the time of the next try. */
export function RefreshProblem({ error, queryKey, floating = false }: ProblemProps) {
  const now = useNow()
  const setting = useIntervalSetting()
  const rest = usePollRest()
  const updatedAt = useQueryState(queryKey, updatedAtOf)
  const isFetching = useQueryState(queryKey, (state) => state?.fetchStatus === 'fetching')
  const query = queryClient.getQueryCache().find({ queryKey })
  const nextAt = rest === null && query ? nextPollAt(query, setting, now) : null
  const wait = nextAt === null ? null : Math.max(0, Math.ceil((nextAt - now) / 1000) * 1000)
  // The page already says that the user must sign in again.
  if (useSession((session) => session.expired)) return null
  return (
    <Notice
      tone="warn"
      role="status"
      className={floating ? 'mx-auto w-full max-w-3xl shadow-pop' : 'mb-3'}
      title={
        <>
          {/* The time changes once more when a refresh succeeds, just before the notice goes. */}
          Not refreshed since <Silent>{formatWhen(updatedAt)}</Silent>
        </>
      }
      actions={
        <>
          {/* Hidden from screen readers, which would read out every second of the countdown. */}
          <span aria-hidden className="text-xs text-muted tabular-nums">
            {wait !== null && `Next try in ${formatSpan(wait)}.`}
          </span>
          <Button pending={isFetching} onClick={() => pollNow(queryKey)}>
            Try now
          </Button>
        </>
      }
    >
      {messageOf(error)}
      {error instanceof ApiError && (
        <span className="mt-0.5 block font-mono text-xs text-muted">
          <Silent>{traceLine(error.trace)}</Silent>
        </span>
      )}
    </Notice>
  )
}

function updatedAtOf(state: QueryState | undefined): number {
  return state?.dataUpdatedAt ?? 0
}

function subscribeQueries(listener: () => void): () => void {
  return queryClient.getQueryCache().subscribe(listener)
}

export interface FailedQuery {
  error: Error | null
  refetch: () => unknown
}

interface Props {
  /** Completes the sentence "Couldn’t load …": "the machines of default". */
  what: string
  query: FailedQuery
  actions?: ReactNode
}

export function LoadFailure({ what, query: { error, refetch }, actions }: Props) {
  return (
    <FormError
      title={`Couldn’t load ${what}`}
      text={messageOf(error)}
      details={error instanceof ApiError ? traceLine(error.trace) : undefined}
    >
      <Button onClick={() => void refetch()}>Try again</Button>
      {actions}
    </FormError>
  )
}
