import { useEffect, useEffectEvent } from 'react'
import { createStore } from '../../lib/store.ts'

/** An attempt to leave the page that its guard has stopped. */
export interface LeaveAttempt {
  stay: () => void
  leave: () => void
}

/** The guard of the page on screen: whether leaving it has to be asked about first. */
export const leaveGuard = createStore<(() => boolean) | null>(null)
export const leaveAttempt = createStore<LeaveAttempt | null>(null)

/** Asks `confirms` whenever the user is about to leave the page. Returns the attempt that it stopped, or null. */
export function useLeaveGuard(confirms: () => boolean): LeaveAttempt | null {
  const guard = useEffectEvent(confirms)
  useEffect(() => {
    leaveGuard.set(() => () => guard())
    return () => {
      leaveGuard.set(null)
      leaveAttempt.set(null)
    }
  }, [])
  return leaveAttempt.use()
}
