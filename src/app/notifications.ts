import { onPlanEnd } from '../operations/plans/store.ts'
import { guidedOf, planTitle } from '../operations/plans/plan.ts'
import { idleMinutes } from '../session/idle-limit.ts'
import { dismissToast, toast } from '../ui/toast/toast.ts'
import { isEndingSoon, subscribeEndingSoon } from './session-expiry.ts'

// The toasts that belong to no single action; those of operations are in components/actions.

/** Notifies the user of the end of every plan, on whatever page. Call once. */
export function notifyPlanEnds(): void {
  onPlanEnd((plan) => {
    const { target, phase, note, stopped, steps } = plan
    const id = `plan-${target.id}`
    if (phase === 'done') {
      const text = steps.at(-1)?.note ?? ''
      toast({ id, tone: 'ok', title: `${target.name} ${guidedOf(plan).done}`, text })
    } else if (!stopped) {
      toast({ id, tone: 'danger', title: `${planTitle(plan)} ${target.name}: halted`, text: note })
    }
  })
}

const SESSION_ENDS = 'session-ends'

/** Warns that an idle session is about to end, for as long as the user can still keep it. Call once. */
export function warnOfSessionEnd(): void {
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
