import { focusManager, type QueryKey } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { pollAfterRest, pollingOptions, type PollRest, type PollSetting } from '../../api/polling.ts'
import { persisted } from '../../lib/persisted.ts'
import { z } from '../../lib/schema.ts'
import { createStore } from '../../lib/store.ts'
import { currentSession, subscribeSession } from '../../session/session.ts'

/** The polling interval. A pause doesn't change the interval, which also decides when data is old. */
interface IntervalSetting extends PollSetting {
  paused: boolean
}

/** Called by a route's loader, to start the fetch while the page's code is still loading. The page shows the error, if any. */
export function startFetch(fetch: () => Promise<unknown>): null {
  if (currentSession().credentials !== null) void fetch().catch(() => {})
  return null
}

/** Query options for a page whose loader has started the fetch, so that the page does not repeat it. */
export const startedByLoader = { refetchOnMount: false, retryOnMount: false } as const

/** The intervals to choose from, in ms. */
export const INTERVALS = [2_000, 5_000, 10_000, 30_000, 60_000] as const

const NOT_CHOSEN = { chosenAt: 0, paused: false }

const setting = persisted(createStore<IntervalSetting>({ ms: 10_000, ...NOT_CHOSEN }), {
  key: 'bigv.interval',
  where: 'browser',
  schema: z.pipe(
    z.literal(INTERVALS),
    z.transform((ms) => ({ ms, ...NOT_CHOSEN })),
  ),
  save: ({ ms }) => ms,
})

/** Sets the interval for this browser, and ends a pause. */
export function chooseInterval(ms: number): void {
  setting.set({ ms, chosenAt: Date.now(), paused: false })
}

/** Pauses or resumes polling in this tab. A pause also ends with a reload or when the user chooses an interval. */
export function pausePolling(paused: boolean): void {
  setting.set({ ...setting.get(), paused })
}

export const useIntervalSetting = setting.use

/** The polling interval in ms. */
export const pollingInterval = (): number => setting.get().ms

/** Why polling is suspended now, or null. Re-renders only when the reason changes. In a hidden tab, TanStack Query does not poll anyway. */
export function usePollRest(): PollRest | null {
  return useSyncExternalStore(subscribeRest, pollRest)
}

/**
 * The `useQuery` options for polling. Polls at once when polling resumes, when the tab is shown again, and when the browser says that it is
 * online or offline: a fetch shows whether BigV can be reached.
 */
export function usePolling(queryKey: QueryKey) {
  const current = useIntervalSetting()
  const rest = usePollRest()
  const pollAgain = useEffectEvent(() => pollAfterRest(queryKey))
  // This uses a listener instead of state. Re-rendering the whole page whenever its tab is hidden or shown would double the longest task of
  // a refresh.
  useEffect(() => {
    let rested = isResting()
    const endRest = subscribeRest(() => {
      const rests = isResting()
      if (rested && !rests) pollAgain()
      rested = rests
    })
    const check = () => {
      if (!isResting()) pollAgain()
    }
    addEventListener('online', check)
    addEventListener('offline', check)
    return () => {
      endRest()
      removeEventListener('online', check)
      removeEventListener('offline', check)
    }
  }, [])
  return pollingOptions(queryKey, current, rest)
}

function isResting(): boolean {
  return !focusManager.isFocused() || pollRest() !== null
}

function pollRest(): PollRest | null {
  if (setting.get().paused) return 'paused'
  return currentSession().expired ? 'expired' : null
}

function subscribeRest(listener: () => void): () => void {
  const ends = [setting.subscribe(listener), focusManager.subscribe(listener), subscribeSession(listener)]
  return () => {
    for (const end of ends) end()
  }
}
