import { createStore } from '../lib/store.ts'
import type { Plan } from './plan.ts'

/**
 * All plans of this tab and the others, oldest first: one for each machine, and the dismissed ones. stored-plans.ts stores them over a
 * reload and shows them in other tabs. In a file without the actions' code, because the first view counts what is running.
 */
export const planStore = createStore<readonly Plan[]>([])

/** All plans, or a selection of them. */
export const usePlans = planStore.use
