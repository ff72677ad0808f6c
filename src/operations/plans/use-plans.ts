import { useSyncExternalStore } from 'react'
import type { Plan } from './plan.ts'
import { planOn, plans, subscribePlans } from './store.ts'

/** Every plan, of this tab and of the others, oldest first. */
export function usePlans(): readonly Plan[] {
  return useSyncExternalStore(subscribePlans, plans)
}

/** The plan about the machine with this id, running or not yet dismissed. Re-renders for that machine's changes only. */
export function usePlanOn(id: number): Plan | undefined {
  return useSyncExternalStore(subscribePlans, () => planOn(plans(), id))
}
