import { batchesPanel } from '../features/bulk/ask-bulk.ts'
import { closeConfirmation } from '../components/actions/confirm.tsx'
import { currentUser } from '../lib/persisted.ts'
import type { DataRouter } from 'react-router'
import { detectChangesElsewhere } from '../operations/activity/changes-elsewhere/detect.ts'
import { keepPlans, sharePlans } from '../operations/plans/stored-plans.ts'
import { keepOperations, shareOperations } from '../operations/stored-operations.ts'
import { askBulk } from '../features/bulk/ask-bulk.ts'
import { notifyOfEnds } from '../components/actions/notify.ts'
import { toastOperationEnds } from '../components/actions/operation-toasts.ts'
import { followWaitingChanges } from '../operations/waiting-follow.ts'
import { startWatch } from '../operations/watch.ts'
import { loadOrNotify } from '../ui/lazy.tsx'
import { dismissToasts } from '../ui/toast/toast.ts'
import { notifyPlanEnds, warnOfSessionEnd } from './notifications.ts'
import { startSessionExpiry } from './session-expiry.ts'

/**
 * Starts what goes on beside the pages: it keeps operations and plans over a reload, shares them with other tabs, watches them, and
 * notifies the user of their ends. Call once.
 */
export function startServices(router: DataRouter): void {
  // First: the user may be on the way to another page already.
  stayOnPageWhenNextFails(router)

  // Before keepOperations: when another user signs in, that ends what waited for the one who left, and the toasts that say so must not
  // be dismissed.
  clearOnUserChange()

  // What an earlier page of this tab has left comes before the sharing: that announces it to the other tabs, and tells a copied tab's
  // own operations from the same ones in the tab that they were copied from.
  keepOperations()
  shareOperations()
  // After the operations: a restored plan goes on from the one that it was waiting for.
  keepPlans()
  sharePlans()

  // Before startWatch, which ends operations: a listener that comes later would miss those ends.
  followWaitingChanges()
  toastOperationEnds()
  notifyOfEnds()
  detectChangesElsewhere()
  notifyPlanEnds()
  startWatch()

  // After the operations and plans: a session does not expire while one of them is running.
  startSessionExpiry()
  warnOfSessionEnd()
}

/** Closes the toasts and dialogs of a user who leaves: they name that user's machines. */
function clearOnUserChange(): void {
  currentUser.subscribe((_, before) => {
    if (before === undefined) return
    dismissToasts()
    closeConfirmation()
    askBulk(null)
    batchesPanel.set(false)
  })
}

/**
 * When the code of the next page cannot be loaded, stays on this one, with what was typed there, and notifies the user. Without a page
 * to stay on, the router shows the error in the page's place.
 */
function stayOnPageWhenNextFails(router: DataRouter): void {
  addEventListener('vite:preloadError', ({ payload }) => {
    const { navigation, location, initialized } = router.state
    if (!initialized || navigation.state === 'idle') return
    void loadOrNotify(() => Promise.reject(payload))
    void router.navigate(location, { replace: true, state: location.state, preventScrollReset: true })
  })
}
