import { createStore } from '../../../lib/store.ts'
import type { ChangeElsewhere } from './change.ts'

/** How many changes are kept; the oldest are dropped first. */
export const MOST_CHANGES = 200

const store = createStore<readonly ChangeElsewhere[]>([])

/** The changes that were made elsewhere, oldest first. */
export const changesElsewhere = store.get
export const useChangesElsewhere = store.use

/** Adds changes, except those already found by another fetch. */
export function addChangesElsewhere(changes: readonly ChangeElsewhere[]): void {
  const fresh: ChangeElsewhere[] = []
  for (const change of changes.slice(-MOST_CHANGES)) {
    const known = [...store.get(), ...fresh].findLast(
      ({ account, id, what }) => account === change.account && id === change.id && what === change.what,
    )
    // A list and the machine's own page show the same change with different times, because each was last fetched at another time.
    const isKnown = known !== undefined && known.after === change.after && known.before_ms >= change.after_ms
    if (!isKnown) fresh.push(change)
  }
  if (fresh.length === 0) return
  const all = [...store.get(), ...fresh]
  const moves = fresh.filter(({ what }) => what === 'group')
  // A machine that seemed to be gone had been moved.
  const isExplained = (change: ChangeElsewhere) => moves.some((move) => explains(move, change))
  store.set((moves.length === 0 ? all : all.filter((each) => !isExplained(each))).slice(-MOST_CHANGES))
}

function explains(move: ChangeElsewhere, { what, after, account, id, before_ms }: ChangeElsewhere): boolean {
  const isGone = what === 'there' && after === false
  return isGone && account === move.account && id === move.id && before_ms > move.after_ms
}

/** Drops all changes, because they belong to the user who was signed in before. */
export function clearChangesElsewhere(): void {
  store.set([])
}
