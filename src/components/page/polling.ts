import { focusManager, type QueryKey } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'
import { pollAfterRest, pollingOptions, type PollRest, type PollSetting } from '../../api/polling.ts'
import { persisted } from '../../lib/persisted.ts'
import { z } from '../../lib/schema.ts'
import { createStore } from '../../lib/store.ts'
import { currentSession, subscribeSession } from '../../session/session.ts'

/** How often pages are polled. Paused keeps the interval, which also says what counts as old. */
interface IntervalSetting extends PollSetting {
  paused: boolean
}

/** For a page's loader: starts the fetch while the page's code is still loading. The page shows a failure. */
export function startFetch(fetch: () => Promise<unknown>): null {
  if (currentSession().credentials !== null) void fetch().catch(() => {})
  return null
}

/** For a page whose route loader has started the fetch, so that the page does not repeat it. */
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

/** Chooses the interval for this browser, and ends a pause. */
export function chooseInterval(ms: number): void {
  setting.set({ ms, chosenAt: Date.now(), paused: false })
}

/** Pauses polling in this tab until it is reloaded or an interval is chosen; or ends the pause. */
export function pausePolling(paused: boolean): void {
  setting.set({ ...setting.get(), paused })
}

export const useIntervalSetting = setting.use

/** Why nothing is polled just now, or null. Re-renders only when that changes. Query itself does not poll in a hidden tab. */
export function usePollRest(): PollRest | null {
  return useSyncExternalStore(subscribeRest, pollRest)
}

/** What a page's `useQuery` needs to poll this query. After a pause, and when the tab is shown again, it polls at once. */
export function usePolling(queryKey: QueryKey) {
  const current = useIntervalSetting()
  const rest = usePollRest()
  const pollAgain = useEffectEvent(() => pollAfterRest(queryKey))
  // By a listener: rendering a whole page because its tab is hidden, and again because it is shown, doubles the longest task of a refresh.
  useEffect(() => {
    let rested = isResting()
    return subscribeRest(() => {
      const rests = isResting()
      if (rested && !rests) pollAgain()
      rested = rests
    })
  }, [])
  return pollingOptions(queryKey, current, rest)
}

function isResting(): boolean {
  return !focusManager.isFocused() || pollRest() !== null
}

function pollRest(): PollRest | null {
  if (setting.get().paused) return 'paused'
  if (!navigator.onLine) return 'offline'
  return currentSession().expired ? 'expired' : null
}

function subscribeRest(listener: () => void): () => void {
  const ends = [setting.subscribe(listener), focusManager.subscribe(listener), subscribeSession(listener)]
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    for (const end of ends) end()
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}
