import { useSyncExternalStore } from 'react'
import { externalStore } from '../../lib/external-store.ts'
import type { ObservedChange } from './change.ts'

/** As many as are held; the oldest go first. */
export const KEPT_OBSERVED = 200

const store = externalStore<readonly ObservedChange[]>([])

/** The changes that were seen to come from elsewhere, oldest first. */
export const observedChanges = store.get

/** Adds changes, but for those that another reading has shown already. */
export function addObserved(changes: readonly ObservedChange[]): void {
  const fresh: ObservedChange[] = []
  for (const change of changes.slice(-KEPT_OBSERVED)) {
    const known = [...store.get(), ...fresh].findLast(
      ({ account, id, what }) => account === change.account && id === change.id && what === change.what,
    )
    // A list and the machine's own page tell the same change, each since its own last reading.
    const isTold = known !== undefined && known.after === change.after && known.before_ms >= change.after_ms
    if (!isTold) fresh.push(change)
  }
  if (fresh.length > 0) store.set([...store.get(), ...fresh].slice(-KEPT_OBSERVED))
}

/** Forgets all of them: another user's. */
export function clearObserved(): void {
  store.set([])
}

/** The changes that were seen to come from elsewhere, oldest first. */
export function useObserved(): readonly ObservedChange[] {
  return useSyncExternalStore(store.subscribe, store.get)
}
