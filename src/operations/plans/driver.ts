import { haltPlan } from './store.ts'

/** Takes a plan forward. What does it is loaded when the first plan needs it; where it cannot be had, the plan is halted. */
export function advanceLater(key: string): void {
  void import('./drive.ts').then(
    ({ advance }) => advance(key),
    () => haltPlan(key, 'The part of the dashboard that takes it forward could not be loaded.'),
  )
}
