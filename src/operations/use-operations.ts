import { useSyncExternalStore } from 'react'
import { isReadOnly, subscribeReadOnly } from './read-only.ts'
import type { Operation } from './operation.ts'
import { runningOn, operations, subscribeOperations } from './store.ts'

/** Every operation of this session, oldest first. */
export function useOperations(): readonly Operation[] {
  return useSyncExternalStore(subscribeOperations, operations)
}

/** How many operations of this session there are. Re-renders when it is another number only. */
export function useOperationCount(): number {
  return useSyncExternalStore(subscribeOperations, () => operations().length)
}

/** How many of them are running. Re-renders when it is another number only. */
export function useRunningCount(): number {
  return useSyncExternalStore(
    subscribeOperations,
    () => operations().filter(({ phase }) => phase !== 'ended').length,
  )
}

/** The operation running on the machine with this id, if any. Re-renders for that machine's changes only. */
export function useRunning(id: number): Operation | undefined {
  return useSyncExternalStore(subscribeOperations, () => runningOn(operations(), id))
}

/** Whether “Look only” is switched on. */
export function useReadOnly(): boolean {
  return useSyncExternalStore(subscribeReadOnly, isReadOnly)
}
