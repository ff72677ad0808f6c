import { actions, simpleActionOf } from '../../actions/index.ts'
import { traceLine } from '../../api/errors.ts'
import { leftChanged } from '../../operations/left-changed.ts'
import type { Operation } from '../../operations/operation.ts'
import { runningPlan } from '../../operations/plan-store.ts'
import { isAwaited, onOperationEnd, operations, subscribeOperations } from '../../operations/store.ts'
import { announce } from '../../ui/live-region.tsx'
import { toast } from '../../ui/toast.ts'
import { putBack, putBackLabel, runOnTarget } from './put-back.ts'

/** Toasts with a button stay longer than others, to leave time to press the button. */
const OFFER_MS = 12_000

/** Announces the start of every operation to screen readers, on any page. Call once, at the start. */
export function announceOperationStarts(): void {
  const announced = new Set<string>()
  const announceNew = () => {
    for (const { key, phase, target, inProgress, otherTab, batch } of operations()) {
      // A batch is announced as a whole.
      if (inProgress === null || otherTab || batch !== undefined || announced.has(key)) continue
      if (phase !== 'sending' && phase !== 'waiting') continue
      announced.add(key)
      announce(`${target.name}: ${inProgress}`)
    }
  }
  subscribeOperations(announceNew)
  announceNew()
}

/** Shows a toast at the end of every operation, on any page. Call once, at the start. */
export function toastOperationEnds(): void {
  onOperationEnd((operation) => {
    if (!isShownElsewhere(operation)) toast(toastOf(operation))
  })
}

/** True if a batch, a plan or a form shows the outcome. */
function isShownElsewhere({ key, action, blocksNothing, outcome, batch, plan }: Operation): boolean {
  if (batch !== undefined) return true
  if (plan !== undefined && runningPlan(plan) !== undefined) return true
  // While the keys tab is open, the tab shows the outcome.
  if (blocksNothing && isAwaited(key)) return true
  // If BigV refuses, the form stays open and shows the error. The form also says when the user has cancelled.
  const inForm = outcome === 'refused' || outcome === 'unclear' || outcome === 'cancelled'
  if (actions[action].on !== 'machine' && inForm) return true
  return isAwaited(key) && outcome !== 'done'
}

function toastOf(operation: Operation): Parameters<typeof toast>[0] {
  const { action, target, blocksNothing, outcome, note } = operation
  const { label, done, doneMany } = actions[action]
  // Key presses and privileges change nothing about a machine, so their toasts don't replace the toast of its last action, which may offer
  // to undo that action.
  const id = `operation-${blocksNothing ? `${action}-` : ''}${target.id ?? target.name}`
  const left = blocksNothing || target.id === null ? null : leftChanged(operations(), target.id)
  const leftText = left && `Automatic restart is still ${left.after ? 'on' : 'off'}.`
  const changed = { target, autoreboot: left }
  const back = left ? { label: putBackLabel(changed), onClick: () => void putBack(changed) } : undefined
  if (outcome === 'done') {
    const undo = simpleActionOf(action)?.undo?.()
    return {
      id,
      tone: 'ok',
      title: done(target.name),
      text: note,
      // What only one of them has to say needs a toast of its own.
      many: doneMany && note === '' && !undo && !back ? { kind: action, title: doneMany } : undefined,
      timeout: undo || back ? OFFER_MS : undefined,
      action: undo ? { label: 'Undo', onClick: () => void runOnTarget(undo, operation) } : back,
    }
  }
  const title = `${label} ${target.name}`
  if (outcome === 'no longer watching' || outcome === 'cancelled') return { id, title, text: note }
  const { trace } = operation.steps.at(-1) ?? {}
  const unclear = outcome === 'unclear'
  const shows = unclear && operation.shows
  const line = trace ? traceLine(trace) : undefined
  const again = unclear ? simpleActionOf(action) : undefined
  return {
    id,
    tone: unclear ? 'warn' : 'danger',
    title: `${title}: ${unclear ? 'no clear answer' : outcome}`,
    text: [shows || note, leftText].filter(Boolean).join(' '),
    stateFirst: !!shows,
    details: shows ? [note, line].join(' ') : line,
    action: again ? { label: 'Send again', onClick: () => void runOnTarget(again, operation) } : back,
  }
}
