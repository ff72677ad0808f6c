import { useSyncExternalStore } from 'react'
import { isLookOnly, subscribeLookOnly } from './look-only.ts'
import type { Operation } from './operation.ts'
import { inFlightOn, operations, subscribeOperations } from './store.ts'

/** Every operation of this session, oldest first. */
export function useOperations(): readonly Operation[] {
  return useSyncExternalStore(subscribeOperations, operations)
}

/** How many operations of this session there are. Re-renders when it is another number only. */
export function useOperationCount(): number {
  return useSyncExternalStore(subscribeOperations, () => operations().length)
}

/** How many of them are in flight. Re-renders when it is another number only. */
export function useInFlightCount(): number {
  return useSyncExternalStore(
    subscribeOperations,
    () => operations().filter(({ phase }) => phase !== 'ended').length,
  )
}

/** The operation in flight on the machine with this id, if any. Re-renders for that machine's changes only. */
export function useInFlight(id: number): Operation | undefined {
  return useSyncExternalStore(subscribeOperations, () => inFlightOn(operations(), id))
}

/** Whether “Look only” is switched on. */
export function useLookOnly(): boolean {
  return useSyncExternalStore(subscribeLookOnly, isLookOnly)
}
