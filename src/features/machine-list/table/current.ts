import { useSyncExternalStore } from 'react'
import type { ExternalStore } from '../../../lib/external-store.ts'

/** The machine whose row the keys are at: the one row that Tab comes to. */
export type Current = ExternalStore<number | null>

/** Whether the keys are at this machine's row. Re-renders when that changes, and for nothing else. */
export function useIsCurrent(current: Current, id: number): boolean {
  return useSyncExternalStore(current.subscribe, () => current.get() === id)
}
