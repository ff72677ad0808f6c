import { readMachine } from '../../api/virtual-machines.ts'
import { messageOf, traceLine } from '../../api/errors.ts'
import { isAwaited } from '../../operations/failures.ts'
import type { Action, Operation } from '../../operations/operation.ts'
import type { Params } from '../../operations/requests.ts'
import { onOperationEnd } from '../../operations/store.ts'
import { runningPlan } from '../../operations/plans/store.ts'
import { words, yesNo } from '../../operations/wording.ts'
import { toast } from '../../ui/toast.ts'
import { ask, isAskable, type Askable } from './ask.ts'

const OFFER_MS = 12_000
/** Their forms are still there when BigV refuses, and say so beside what was typed. */
const FORMS = new Set<Action>([
  'create',
  'create_group',
  'rename_group',
  'delete_group',
  'set_keys',
  'grant_privilege',
  'change_privilege',
  'revoke_privilege',
])

/** Tells the end of every operation, wherever the user is by then. Call once, at the start. */
export function tellOperationEnds(): void {
  onOperationEnd((operation) => {
    const { action, outcome, target, note, run } = operation
    // A bulk run tells its end as a whole.
    if (run !== undefined) return
    // So does a plan.
    if (operation.plan !== undefined && runningPlan(operation.plan) !== undefined) return
    // The page of the keys and the form of a new machine tell these themselves, while they are there.
    if (action === 'send_keys' && isAwaited(operation.key)) return
    if (FORMS.has(action) && (outcome === 'refused' || outcome === 'unclear')) return
    if (isAwaited(operation.key) && outcome !== 'done') return
    const id = `operation-${target.id ?? target.name}`
    if (outcome === 'done') {
      toast({ id, tone: 'ok', title: `${target.name} ${words[action].done}`, ...doneDetails(operation) })
      return
    }
    const title = `${words[action].label} ${target.name}`
    if (outcome === 'given up') {
      toast({ id, title, text: note })
      return
    }
    const { trace } = operation.steps.at(-1) ?? {}
    const unclear = outcome === 'unclear'
    toast({
      id,
      tone: unclear ? 'warn' : 'danger',
      title: `${title}: ${unclear ? 'not known' : outcome}`,
      text: trace ? `${note} ${traceLine(trace)}` : note,
      action:
        unclear && isAskable(action)
          ? { label: 'Send again', onClick: () => void askAgain(action, operation) }
          : undefined,
    })
  })
}

function doneDetails(operation: Operation) {
  if (operation.action === 'delete') {
    return {
      timeout: OFFER_MS,
      action: { label: 'Undo', onClick: () => void askAgain('undelete', operation) },
    }
  }
  const change = operation.autoreboot
  if (change === null || operation.action === 'set_autoreboot') return { text: operation.note }
  return {
    text: `${operation.note} autoreboot_on: ${yesNo(change.before)} → ${yesNo(change.after)}.`.trim(),
    timeout: OFFER_MS,
    action: { label: putBackLabel(operation), onClick: () => void putBack(operation) },
  }
}

/** What putting autoreboot_on back is called: on a machine that is off, turning it on starts the machine. */
export function putBackLabel({ autoreboot, action }: Operation): string {
  const starts = autoreboot?.before === true && (action === 'stop' || action === 'shut_down')
  return starts ? 'Put it back, and start' : 'Put it back'
}

/** Sets autoreboot_on to what it was before the operation. */
export async function putBack(operation: Operation): Promise<void> {
  if (operation.autoreboot === null) return
  await askAgain('set_autoreboot', operation, { autoreboot_on: operation.autoreboot.before })
}

/** Asks for an action on the machine that an operation was about, as the machine reads now. */
async function askAgain(action: Askable, { target }: Operation, params?: Params): Promise<void> {
  if (target.id === null) return
  try {
    ask(action, target, await readMachine(target, target.id), params)
  } catch (error) {
    toast({ tone: 'danger', title: `${target.name}: nothing was sent`, text: messageOf(error) })
  }
}
