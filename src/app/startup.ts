import type { DataRouter } from 'react-router'
import { groupName } from '../api/groups.ts'
import { closeConfirmation } from '../components/actions/confirm.tsx'
import { notifyOfEnds } from '../components/actions/notify.ts'
import { announceOperationStarts, toastOperationEnds } from '../components/actions/operation-toasts.ts'
import { batchesPanel, bulkReady, bulkRequest, bulkUsed, confirmBulk } from '../features/bulk/bulk-request.ts'
import { closeRowDialog } from '../features/machine-list/table/row-dialog.ts'
import { keyQuestion } from '../features/keys/question.ts'
import { pollingInterval } from '../components/page/polling.ts'
import { currentUser } from '../lib/persisted.ts'
import { countOf } from '../lib/units.ts'
import { detectChangesElsewhere } from '../operations/activity/changes-elsewhere/detect.ts'
import { keepAwake } from '../operations/batch/awake.ts'
import {
  correctCreateBatches,
  createBatches,
  itemStates,
  statesInWords,
} from '../operations/batch/create-batches.ts'
import { followPendingChanges } from '../operations/follow-pending-restart.ts'
import { followFetches } from '../operations/activity/later-findings.ts'
import { followSeen } from '../operations/activity/seen/store.ts'
import { onPlanEnd } from '../operations/plan-store.ts'
import { guidedOf, planTitle } from '../operations/plan.ts'
import { keepPlans, sharePlans } from '../operations/plans/stored-plans.ts'
import { emitEarlyEnds, operations, subscribeOperations } from '../operations/store.ts'
import { keepOperations, shareOperations } from '../operations/stored-operations.ts'
import { startWatch } from '../operations/watch-rounds.ts'
import { loadOrNotify } from '../ui/lazy.tsx'
import { clearAnnounced } from '../ui/live-region.tsx'
import { dismissToast, dismissToasts, toast } from '../ui/toast.ts'
import { isEndingSoon, startSessionExpiry, subscribeEndingSoon } from './session-expiry.ts'

/** Starts the background services: storing, sharing, watching and notifying. Call once. */
export function startServices(router: DataRouter): void {
  // This comes first, because the user may already be opening another page.
  stayOnPageWhenNextFails(router)

  // This comes before keepOperations. keepOperations ends operations that waited for the previous user to sign in, and the toasts about
  // those must stay.
  clearOnUserChange()

  // Operations are restored before sharing begins, because sharing announces the restored ones to other tabs.
  keepOperations()
  shareOperations()
  // Plans come after the operations, because a restored plan continues from its running operation.
  keepPlans()
  sharePlans()

  // Listeners come before startWatch, which ends operations: later listeners would miss those ends.
  followPendingChanges()
  announceOperationStarts()
  toastOperationEnds()
  notifyOfEnds()
  detectChangesElsewhere()
  notifyPlanEnds()
  notifyCreateEnds()
  followFetches()
  followSeen(pollingInterval)
  correctCreateBatches()
  emitEarlyEnds()
  startWatch()

  // Batches come after the operations, because a restored batch gets its machines' results from them.
  startBulkOnceUsed()
  keepAwake()

  // This comes after the operations and plans, because the session doesn't expire while any of them is running.
  startSessionExpiry()
  warnOfSessionEnd()
}

/**
 * Stores bulk batches and notifies the user of their ends. The code is loaded with the first batch: most tabs have no batch, and the code
 * is large.
 */
function startBulkOnceUsed(): void {
  let started = false
  const start = async () => {
    if (started) return
    started = true
    const modules = await loadOrNotify(() =>
      Promise.all([
        import('../operations/batch/stored-batches.ts'),
        import('../features/bulk/notify-ends.ts'),
        import('../operations/batch/queued-ids.ts'),
      ]),
    )
    if (modules === null) {
      started = false
      confirmBulk(null)
      return
    }
    const [{ keepBatches }, { notifyBulkEnds }, { followQueuedMachines }] = modules
    keepBatches()
    notifyBulkEnds()
    followQueuedMachines()
    bulkReady.set(true)
  }
  if (bulkUsed.get()) void start()
  bulkRequest.subscribe((request) => request !== null && void start())
}

/** When the user changes, closes toasts and dialogs, and drops announcements, as they name the previous user's machines. */
function clearOnUserChange(): void {
  currentUser.subscribe((_, before) => {
    if (before === undefined) return
    dismissToasts()
    clearAnnounced()
    closeConfirmation()
    closeRowDialog()
    keyQuestion.set(null)
    confirmBulk(null)
    batchesPanel.set(null)
  })
}

/** When the next page's code cannot be loaded, notifies the user and stays on the current page, which keeps its input. */
function stayOnPageWhenNextFails(router: DataRouter): void {
  addEventListener('vite:preloadError', ({ payload }) => {
    const { navigation, location, initialized } = router.state
    if (!initialized || navigation.state === 'idle') return
    void loadOrNotify(() => Promise.reject(payload))
    void router.navigate(location, { replace: true, state: location.state, preventScrollReset: true })
  })
}

// Toasts for more than one operation. Those for a single one are in components/actions/operation-toasts.ts.

function notifyPlanEnds(): void {
  onPlanEnd((plan) => {
    const { target, phase, note, stopped, steps } = plan
    const id = `plan-${target.id}`
    if (phase === 'done') {
      const text = steps.at(-1)?.note ?? ''
      toast({ id, tone: 'ok', title: guidedOf(plan).done(target.name), text })
    } else if (!stopped) {
      toast({ id, tone: 'danger', title: `${planTitle(plan)} ${target.name}: halted`, text: note })
    }
  })
}

/** One toast for several machines created at once, as their operations show none. */
function notifyCreateEnds(): void {
  const active = new Set<string>()
  const notify = () => {
    for (const batch of createBatches.get()) {
      const states = itemStates(batch, operations())
      if (batch.state !== 'ended' || states.some(({ is }) => is === 'running')) active.add(batch.key)
      else if (active.delete(batch.key)) {
        toast({
          id: batch.key,
          tone: states.some(({ is }) => is === 'failed' || is === 'unclear') ? 'warn' : 'ok',
          title: `${countOf(batch.items.length, 'machine')} of ${groupName(batch)}`,
          text: `${statesInWords(states)}.`,
        })
      }
    }
  }
  createBatches.subscribe(notify)
  subscribeOperations(notify)
  notify()
}

const SESSION_ENDS = 'session-ends'

function warnOfSessionEnd(): void {
  subscribeEndingSoon(() => {
    if (!isEndingSoon()) return dismissToast(SESSION_ENDS)
    toast({
      id: SESSION_ENDS,
      tone: 'warn',
      title: 'Are you still there?',
      text: 'You’ll be signed out in 1 minute. Click, tap or press a key to stay.',
    })
  })
}
