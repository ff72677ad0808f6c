import type { Operation } from './operation.ts'
import { readOnly } from './read-only.ts'
import { operationStore, runningOn } from './store.ts'

/** Every operation of this session, oldest first, or what is selected of them. */
export const useOperations = operationStore.use

/** How many operations of this session there are. Re-renders when it is another number only. */
export const useOperationCount = (): number => useOperations(({ length }) => length)

/** How many of them are running. Re-renders when it is another number only. */
export function useRunningCount(): number {
  return useOperations((all) => all.filter(({ phase }) => phase !== 'ended').length)
}

/** The operation running on the machine with this id, if any. Re-renders for that machine's changes only. */
export function useRunning(id: number): Operation | undefined {
  return useOperations((all) => runningOn(all, id))
}

/** Whether “Look only” is switched on. */
export const useReadOnly = readOnly.use
