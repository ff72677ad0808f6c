import { ApiError } from '../api/errors.ts'
import { fetchMachine, type MachineData } from '../api/virtual-machines.ts'
import { currentSession, signedInAgain } from '../session/session.ts'
import { isReadOnly, readOnlyReason } from './read-only.ts'
import type { Sending } from './sending.ts'
import { ASK_AFTER_MS } from './signed-in.ts'
import { showMachine } from './machine-cache.ts'
import { inWords } from './state.ts'
import { findOperation, updateOperation } from './store.ts'

const questions = new Map<string, (yes: boolean) => void>()

/** Whether an operation goes on after a 401: from the reading that was made for it, or not, and why. */
export type Resumed = { is: 'resumed'; before: MachineData } | { is: 'dropped'; why: string }

const dropped = (why: string): Resumed => ({ is: 'dropped', why })

/**
 * Called when BigV answered 401 to an operation's write. Waits until the user has signed in again, reads the machine, checks
 * the refusal, and asks first where more than a minute has passed or the machine reads otherwise. Returns whether to send
 * once more.
 */
export async function resumeAfterSignIn(key: string, sending: Sending): Promise<Resumed> {
  const refusedAt = Date.now()
  // Credentials that were replaced while the request was under way are not refused: nobody is asked to sign in again then.
  if (currentSession().expired) {
    updateOperation(key, { phase: 'signing in', note: 'Waits until you have signed in again.' })
    if ((await signedInAgain()) === 'cancelled') return dropped('It was not sent again.')
  }
  const otherTab = notOurs(key)
  if (otherTab !== null) return dropped(otherTab)
  let machine: MachineData
  let otherRefused: string | null
  try {
    machine = await fetchMachine(sending.ref, sending.before.vm.id)
    otherRefused = (await sending.otherReason?.(machine)) ?? null
  } catch (error) {
    if (error instanceof ApiError)
      return dropped(`It was not sent again: reading it failed. ${error.message}`)
    throw error
  }
  showMachine(sending.ref, machine)
  const refused = readOnlyReason(isReadOnly()) ?? sending.disabledReason(machine) ?? otherRefused
  if (refused !== null) return dropped(`It was not sent again: ${refused}`)
  const late = Date.now() - refusedAt > ASK_AFTER_MS
  const changed = hasChanged(key, sending.before, machine)
  if (late || changed) {
    const why = changed ? `It has changed meanwhile: ${inWords(machine)}.` : 'More than a minute has passed.'
    if (!(await ask(key, why))) return dropped('It was not sent again.')
  }
  return { is: 'resumed', before: machine }
}

/** Answers the question that an operation is asking: whether to send after all. */
export function answerQuestion(key: string, yes: boolean): void {
  questions.get(key)?.(yes)
  questions.delete(key)
}

/**
 * Says why nothing (more) may be sent for an operation, or null: it has ended or was dropped, or another user than the one
 * who asked for it is signed in by now.
 */
export function notOurs(key: string): string | null {
  const operation = findOperation(key)
  if (operation === undefined || operation.phase === 'ended') return 'It has ended.'
  const username = currentSession().credentials?.username
  if (username === undefined) return 'You signed out, so it was dropped.'
  return username === operation.username ? null : 'Somebody else has signed in, so it was dropped.'
}

async function ask(key: string, why: string): Promise<boolean> {
  updateOperation(key, { phase: 'asking', note: `${why} Send it all the same?` })
  return await new Promise<boolean>((resolve) => questions.set(key, resolve))
}

// What the operation itself has written before is no change by somebody else.
function hasChanged(key: string, before: MachineData, now: MachineData): boolean {
  const own = findOperation(key)?.autoreboot?.after
  return (
    before.vm.name !== now.vm.name ||
    before.vm.power_on !== now.vm.power_on ||
    (own ?? before.vm.autoreboot_on) !== now.vm.autoreboot_on
  )
}
