import type { DataRouter } from 'react-router'
import { closeConfirmation } from '../components/actions/confirm.tsx'
import { notifyOfEnds } from '../components/actions/notify.ts'
import { toastOperationEnds } from '../components/actions/operation-toasts.ts'
import { batchesPanel, bulkReady, bulkRequest, bulkUsed, confirmBulk } from '../features/bulk/bulk-request.ts'
import { currentUser } from '../lib/persisted.ts'
import { countOf } from '../lib/units.ts'
import { detectChangesElsewhere } from '../operations/activity/changes-elsewhere/detect.ts'
import { keepAwake } from '../operations/batch/awake.ts'
import { createBatches, itemStates, statesInWords } from '../operations/batch/create-batches.ts'
import { followPendingChanges } from '../operations/follow-pending-restart.ts'
import { onPlanEnd } from '../operations/plan-store.ts'
import { guidedOf, planTitle } from '../operations/plan.ts'
import { keepPlans, sharePlans } from '../operations/plans/stored-plans.ts'
import { emitEarlyEnds, operations, subscribeOperations } from '../operations/store.ts'
import { keepOperations, shareOperations } from '../operations/stored-operations.ts'
import { startWatch } from '../operations/watch-rounds.ts'
import { idleMinutes } from '../session/idle-limit.ts'
import { loadOrNotify } from '../ui/lazy.tsx'
import { dismissToast, dismissToasts, toast } from '../ui/toast.ts'
import { isEndingSoon, startSessionExpiry, subscribeEndingSoon } from './session-expiry.ts'

/** Starts the services beside the pages: storing, sharing, watching and notifying. Call once. */
export function startServices(router: DataRouter): void {
  // First: the user may be on the way to another page already.
  stayOnPageWhenNextFails(router)

  // Before keepOperations, which ends what waited for a user who left: the toasts that say so must stay.
  clearOnUserChange()

  // Restore before sharing: sharing announces what is restored, and needs it to recognise the operations of a copied tab.
  keepOperations()
  shareOperations()
  // After the operations: a restored plan goes on from the one that it was waiting for.
  keepPlans()
  sharePlans()

  // Before startWatch, which ends operations: a listener that comes later would miss those ends.
  followPendingChanges()
  toastOperationEnds()
  notifyOfEnds()
  detectChangesElsewhere()
  notifyPlanEnds()
  notifyCreateEnds()
  emitEarlyEnds()
  startWatch()

  // After the operations: by them a restored batch finds what has become of its machines.
  startBulkOnceUsed()
  keepAwake()

  // After the operations and plans: a session does not expire while one of them is running.
  startSessionExpiry()
  warnOfSessionEnd()
}

/** Stores bulk batches and notifies of their ends, from the first one on: most tabs have none, and their code is large. */
function startBulkOnceUsed(): void {
  let started = false
  const start = async () => {
    if (started) return
    started = true
    const modules = await loadOrNotify(() =>
      Promise.all([
        import('../operations/batch/stored-batches.ts'),
        import('../features/bulk/notify-ends.ts'),
      ]),
    )
    if (modules === null) {
      started = false
      confirmBulk(null)
      return
    }
    const [{ keepBatches }, { notifyBulkEnds }] = modules
    keepBatches()
    notifyBulkEnds()
    bulkReady.set(true)
  }
  if (bulkUsed.get()) void start()
  bulkRequest.subscribe((request) => request !== null && void start())
}

/** Closes the toasts and dialogs of a user who leaves: they name that user's machines. */
function clearOnUserChange(): void {
  currentUser.subscribe((_, before) => {
    if (before === undefined) return
    dismissToasts()
    closeConfirmation()
    confirmBulk(null)
    batchesPanel.set(false)
  })
}

/** When the next page's code cannot be loaded, stays on this one, with what was typed there, and notifies the user. */
function stayOnPageWhenNextFails(router: DataRouter): void {
  addEventListener('vite:preloadError', ({ payload }) => {
    const { navigation, location, initialized } = router.state
    if (!initialized || navigation.state === 'idle') return
    void loadOrNotify(() => Promise.reject(payload))
    void router.navigate(location, { replace: true, state: location.state, preventScrollReset: true })
  })
}

// The toasts that belong to no single action; those of operations are in components/actions.

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

/** Notifies once of several machines that were created in one go, as their operations have no toasts of their own. */
function notifyCreateEnds(): void {
  const active = new Set<string>()
  const notify = () => {
    for (const batch of createBatches.get()) {
      const states = itemStates(batch, operations())
      if (batch.state !== 'ended' || states.some(({ is }) => is === 'running')) active.add(batch.key)
      else if (active.delete(batch.key)) {
        toast({
          id: batch.key,
          tone: states.some(({ is }) => is === 'failed') ? 'warn' : 'ok',
          title: `${countOf(batch.items.length, 'machine')} of ${batch.group}`,
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
      title: 'Is anybody here?',
      text: `Nobody was for nearly ${idleMinutes()} minutes, so the session ends within one. Touch the page or press a key to keep it.`,
    })
  })
}
