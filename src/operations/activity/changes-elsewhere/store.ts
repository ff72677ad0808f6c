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
  if (fresh.length === 0) return
  const all = [...store.get(), ...fresh]
  const moves = fresh.filter(({ what }) => what === 'group')
  // Of one that was moved it is known by now where it has gone to.
  const isExplained = (change: ObservedChange) => moves.some((move) => explains(move, change))
  store.set((moves.length === 0 ? all : all.filter((each) => !isExplained(each))).slice(-KEPT_OBSERVED))
}

function explains(move: ObservedChange, { what, after, account, id, before_ms }: ObservedChange): boolean {
  const isGone = what === 'there' && after === false
  return isGone && account === move.account && id === move.id && before_ms > move.after_ms
}

/** Forgets all of them: another user's. */
export function clearObserved(): void {
  store.set([])
}

/** The changes that were seen to come from elsewhere, oldest first. */
export function useObserved(): readonly ObservedChange[] {
  return useSyncExternalStore(store.subscribe, store.get)
}
