import { followChanges } from './operations/observed/follow.ts'
import { tellWantedEnds } from './components/notify/telling.ts'
import { tellOperationEnds } from './components/power/operation-toasts.ts'
import { tellPlanEnds } from './components/power/plan-toasts.ts'
import { keepPlans } from './operations/plans/persist.ts'
import { sharePlans } from './operations/plans/tabs.ts'
import { startWatch } from './operations/watch.ts'

/** Takes up the plans and shows the other tabs', and begins to watch the operations, those that are there and those to come, and to tell their ends. Call once. */
export function startOperationsWatch(): void {
  keepPlans()
  sharePlans()
  tellOperationEnds()
  tellWantedEnds()
  followChanges()
  tellPlanEnds()
  startWatch()
}
