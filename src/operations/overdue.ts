import type { Operation } from './operation.ts'

/** Whether the operation waits longer than is usual, at the time `now` in ms. */
export function isOverdue({ phase, patienceFrom, overdueAfter }: Operation, now: number): boolean {
  return phase === 'waiting' && overdueAfter !== null && now - patienceFrom >= overdueAfter
}
