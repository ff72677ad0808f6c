import type { DataRouter } from 'react-router'
import { followChanges } from '../operations/activity/follow.ts'
import { tellWantedEnds } from '../components/actions/telling.ts'
import { tellOperationEnds } from '../components/actions/operation-toasts.ts'
import { tellPlanEnds } from './notifications/plan-toasts.ts'
import { forgetAskedOfOthers } from './forget-asked.ts'
import { stayWhereNoPageLoads } from './stay-on-page.ts'
import { tellSessionEnds } from './notifications/session-end.ts'
import { keepOperations, shareOperations } from '../operations/stored-operations.ts'
import { keepPlans } from '../operations/plans/persist.ts'
import { sharePlans } from '../operations/plans/tabs.ts'
import { followWaitingChanges } from '../operations/waiting-follow.ts'
import { startSessionCare } from './session-care/care.ts'
import { startWatch } from '../operations/watch.ts'

/**
 * Takes up the operations and plans that an earlier page of this tab has left, shares them with other tabs, and begins to watch
 * them, those that are there and those to come, and to tell their ends. Looks after the session, and after pages that cannot be
 * loaded, too. Call once.
 */
export function startOperationsWatch(router: DataRouter): void {
  stayWhereNoPageLoads(router)
  forgetAskedOfOthers()
  keepOperations()
  followWaitingChanges()
  shareOperations()
  keepPlans()
  sharePlans()
  tellOperationEnds()
  tellWantedEnds()
  followChanges()
  tellPlanEnds()
  startWatch()
  startSessionCare()
  tellSessionEnds()
}
