import { ApiError } from '../api/errors.ts'
import { readMachine, type MachineReading } from '../api/virtual-machines.ts'
import { signedInAgain } from '../session/session.ts'
import type { Plan } from './plan.ts'
import { shareReading } from './readings.ts'
import { findOperation, updateOperation } from './store.ts'

const ASK_AFTER_MS = 60_000
const questions = new Map<string, (yes: boolean) => void>()

/**
 * Called when BigV answered 401 to an operation's write. Waits until the user has signed in again, reads the machine, checks
 * the refusal, and asks first where more than a minute has passed or the machine reads otherwise. Returns whether to send
 * once more; where not, the caller ends the operation with the 401.
 */
export async function resumeAfterSignIn(key: string, plan: Plan): Promise<boolean> {
  const refusedAt = Date.now()
  updateOperation(key, { phase: 'signing in', note: 'Waits until you have signed in again.' })
  if ((await signedInAgain()) !== 'same user') return false
  let reading: MachineReading
  try {
    reading = await readMachine(plan.ref, plan.before.vm.id)
  } catch (error) {
    if (error instanceof ApiError) return false
    throw error
  }
  shareReading(plan.ref, reading)
  if (plan.refusal(reading) !== null) return false
  const late = Date.now() - refusedAt > ASK_AFTER_MS
  const changed = hasChanged(key, plan.before, reading)
  if (!late && !changed) return true
  return await ask(key, changed ? 'It has changed meanwhile.' : 'More than a minute has passed.')
}

/** Answers the question that an operation is asking: whether to send after all. */
export function answerQuestion(key: string, yes: boolean): void {
  questions.get(key)?.(yes)
  questions.delete(key)
}

async function ask(key: string, why: string): Promise<boolean> {
  updateOperation(key, { phase: 'asking', note: `${why} Send it all the same?` })
  return await new Promise<boolean>((resolve) => questions.set(key, resolve))
}

// What the operation itself has written before is no change by somebody else.
function hasChanged(key: string, before: MachineReading, now: MachineReading): boolean {
  const own = findOperation(key)?.autoreboot?.after
  return (
    before.vm.name !== now.vm.name ||
    before.vm.power_on !== now.vm.power_on ||
    (own ?? before.vm.autoreboot_on) !== now.vm.autoreboot_on
  )
}
