import type { QueryKey } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useSession } from '../../session/session.ts'
import { useIntervalSetting } from './interval-setting.ts'
import { subscribeUpdates, updatedAtOf } from './updated-at.tsx'
import { useNowSelected } from '../../lib/use-now.ts'

const INTERVALS_UNTIL_OLD = 3

/**
 * Whether what is shown may no longer be true: the last refresh failed, or the last good answer is older than three intervals (a
 * pause, a sleeping laptop and hanging requests included), or nobody is signed in to read it again. Takes the query that is shown; re-renders only when it turns.
 */
export function useStale(queryKey: QueryKey, failed: boolean): boolean {
  const { ms } = useIntervalSetting()
  const isOld = (now: number) => {
    const updatedAt = updatedAtOf(queryKey)
    return updatedAt > 0 && now - updatedAt > INTERVALS_UNTIL_OLD * ms
  }
  // An answer makes it young at once, without waiting for the clock.
  useSyncExternalStore(subscribeUpdates, () => isOld(Date.now()))
  const old = useNowSelected(isOld)
  const expired = useSession((session) => session.expired)
  return failed || old || expired
}
