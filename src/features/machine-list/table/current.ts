import type { Store } from '../../../lib/store.ts'

/** The machine whose row the keys are at: the one row that Tab comes to. */
export type Current = Store<number | null>

/** Whether the keys are at this machine's row. Re-renders when that changes, and for nothing else. */
export function useIsCurrent(current: Current, id: number): boolean {
  return current.use((now) => now === id)
}
