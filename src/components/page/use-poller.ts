import { useEffect, useRef } from 'react'
import { Poller, type PollerWorld, type PollState } from '../../api/poller.ts'
import { createStore } from '../../lib/store.ts'
import { currentSession, subscribeSession } from '../../session/session.ts'
import { intervalSetting, subscribeInterval } from './interval-setting.ts'

interface PagePoll extends PollState {
  readNow: () => void
}

// One poller per visible page: the page that is open puts its own here, and the controls find it.
const store = createStore<PagePoll | null>(null)

const world: PollerWorld = {
  now: () => Date.now(),
  isHidden: () => document.hidden,
  isOnline: () => navigator.onLine,
  setTimer: (action, ms) => {
    const timer = setTimeout(action, ms)
    return () => clearTimeout(timer)
  },
}

const interval = () => (intervalSetting().paused ? null : intervalSetting().ms)

/**
 * Reads what the page shows again and again, as long as the page is open. `read` rejects when a reading failed. A `key` that
 * changes (another group, another machine) begins anew.
 */
export function usePoller(key: string, read: () => Promise<unknown>): void {
  const latest = useRef(read)
  useEffect(() => {
    latest.current = read
  })
  useEffect(() => {
    const poller = new Poller(
      // Credentials that BigV no longer takes need not be tried again: the page is as stale as it says.
      () => (currentSession().expired ? Promise.reject(new Error('Not signed in.')) : latest.current()),
      world,
      (state) => store.set({ ...state, readNow: () => poller.readNow() }),
    )
    poller.start(interval())
    const look = () => poller.worldChanged()
    let expired = currentSession().expired
    const ends = [
      subscribeInterval(() => poller.setInterval(interval())),
      subscribeSession(() => {
        const back = expired && !currentSession().expired
        expired = currentSession().expired
        if (back) poller.readNow()
      }),
    ]
    document.addEventListener('visibilitychange', look)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      poller.stop()
      store.set(null)
      for (const end of ends) end()
      document.removeEventListener('visibilitychange', look)
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [key])
}

/** The poller of the page that is open, or null where a page has none. */
export const usePagePoll = store.use
