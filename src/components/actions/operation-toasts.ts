import { fetchMachine } from '../../api/virtual-machines.ts'
import { messageOf, traceLine } from '../../api/errors.ts'
import { isAwaited, onOperationEnd } from '../../operations/store.ts'
import { ask } from './ask.ts'
import type { Operation } from '../../operations/operation.ts'
import { runningPlan } from '../../operations/plans/store.ts'
import type { SimpleAction } from '../../actions/action.ts'
import { actions, simpleActionOf } from '../../actions/index.ts'
import { autorebootTo, sendKeys } from '../../actions/power.ts'
import { yesNo } from '../../lib/text.ts'
import { toast } from '../../ui/toast/toast.ts'

const OFFER_MS = 12_000
/** Tells the end of every operation, wherever the user is by then. Call once, at the start. */
export function tellOperationEnds(): void {
  onOperationEnd((operation) => {
    const { action, outcome, target, note, run } = operation
    // A bulk run tells its end as a whole.
    if (run !== undefined) return
    // So does a plan.
    if (operation.plan !== undefined && runningPlan(operation.plan) !== undefined) return
    // The page of the keys and the form of a new machine tell these themselves, while they are there.
    if (action === sendKeys.name && isAwaited(operation.key)) return
    // Their forms are still there when BigV refuses, and say so beside what was typed.
    if (actions[action].on !== 'machine' && (outcome === 'refused' || outcome === 'unclear')) return
    if (isAwaited(operation.key) && outcome !== 'done') return
    const id = `operation-${target.id ?? target.name}`
    if (outcome === 'done') {
      toast({ id, tone: 'ok', title: `${target.name} ${actions[action].done}`, ...doneDetails(operation) })
      return
    }
    const title = `${actions[action].label} ${target.name}`
    if (outcome === 'no longer watching') {
      toast({ id, title, text: note })
      return
    }
    const { trace } = operation.steps.at(-1) ?? {}
    const unclear = outcome === 'unclear'
    const again = unclear ? simpleActionOf(action) : undefined
    toast({
      id,
      tone: unclear ? 'warn' : 'danger',
      title: `${title}: ${unclear ? 'not known' : outcome}`,
      text: trace ? `${note} ${traceLine(trace)}` : note,
      action: again && { label: 'Send again', onClick: () => void askAgain(again, operation) },
    })
  })
}

function doneDetails(operation: Operation) {
  const undo = simpleActionOf(operation.action)?.undo?.()
  if (undo) {
    return { timeout: OFFER_MS, action: { label: 'Undo', onClick: () => void askAgain(undo, operation) } }
  }
  const change = operation.autoreboot
  if (change === null || simpleActionOf(operation.action)?.menu === 'autoreboot')
    return { text: operation.note }
  return {
    text: `${operation.note} autoreboot_on: ${yesNo(change.before)} → ${yesNo(change.after)}.`.trim(),
    timeout: OFFER_MS,
    action: { label: putBackLabel(operation), onClick: () => void putBack(operation) },
  }
}

/** What putting autoreboot_on back is called: on a machine that is off, turning it on starts the machine. */
export function putBackLabel({ autoreboot, action }: Operation): string {
  // An action that leaves the machine off, by what it is when it is done.
  const starts = autoreboot?.before === true && simpleActionOf(action)?.leavesOff === true
  return starts ? 'Put it back, and start' : 'Put it back'
}

/** Sets autoreboot_on to what it was before the operation. */
export async function putBack(operation: Operation): Promise<void> {
  if (operation.autoreboot === null) return
  await askAgain(autorebootTo(operation.autoreboot.before), operation)
}

/** Asks for an action on the machine that an operation was about, as the machine reads now. */
async function askAgain(action: SimpleAction, { target }: Operation): Promise<void> {
  if (target.id === null) return
  try {
    ask(action, target, await fetchMachine(target, target.id))
  } catch (error) {
    toast({ tone: 'danger', title: `${target.name}: nothing was sent`, text: messageOf(error) })
  }
}
