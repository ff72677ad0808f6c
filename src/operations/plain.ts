import type { Action } from '../actions/action.ts'
import { ApiError, isUnclear } from '../api/errors.ts'
import { newOperation } from './begin.ts'
import { forbiddenReason } from './forbidden.ts'
import { isReadOnly, readOnlyReason } from './read-only.ts'
import type { Operation, PlannedRequest, Target } from './operation.ts'
import { sendRecorded } from './recorder.ts'
import { notOurs } from './resume.ts'
import { backInTime } from './signed-in.ts'
import { endOperation, putOperation, updateOperation } from './store.ts'

/** How a change that is about no machine went. The caller shows the error beside what was typed. */
export type PlainResult =
  | { is: 'done' }
  | { is: 'not sent'; reason: string }
  | { is: 'refused'; error: ApiError }
  | { is: 'unclear'; error: ApiError }
  /** BigV did not take the credentials, and it was not sent again after signing in: why. */
  | { is: 'dropped'; error: ApiError; why: string }
  /** BigV took it, but read again, it is not so. */
  | { is: 'superseded'; note: string }

interface More {
  expects?: Operation['expects']
  /** Reads again what it was decided on, and returns what speaks against sending it now in a sentence, or null. Throws an ApiError. */
  check?: () => Promise<string | null>
  /** Reads again, and returns what contradicts the change in a sentence, or null when it is seen. Throws an ApiError. */
  readBack?: () => Promise<string | null>
}

/**
 * Sends the one request of a change that is about no machine (groups, keys), once, and records it. Takes the action, what it
 * is about, the request, and how to check it and read it back; returns when it is seen to be so, or not, or BigV has not answered.
 * Where BigV no longer takes the credentials, it is sent once more after the same user has signed in again, if that took no longer
 * than a minute and nothing speaks against it.
 */
export async function doPlainly(
  action: Action,
  target: Target,
  planned: PlannedRequest,
  { expects = null, check, readBack }: More = {},
): Promise<PlainResult> {
  const disabledReason = readOnlyReason(isReadOnly()) ?? forbiddenReason(action, target)
  if (disabledReason !== null) return { is: 'not sent', reason: disabledReason }
  const operation = { ...newOperation(action, target), expects }
  putOperation(operation)
  for (;;) {
    const answer = await sendRecorded(operation.key, planned)
    if (!(answer instanceof ApiError)) return await endSeen(operation.key, readBack)
    if (answer.status !== 401) {
      const unclear = isUnclear(answer)
      endOperation(operation.key, unclear ? 'unclear' : 'refused', answer.message)
      return { is: unclear ? 'unclear' : 'refused', error: answer }
    }
    const why = await whyNotAgain(operation.key, check)
    if (why !== null) {
      endOperation(operation.key, 'refused', `${answer.message} ${why}`)
      return { is: 'dropped', error: answer, why }
    }
  }
}

/** Waits until the user has signed in again, and returns why the change is not to be sent all the same, or null. */
async function whyNotAgain(key: string, check: More['check']): Promise<string | null> {
  updateOperation(key, { phase: 'signing in', note: 'Waits until you have signed in again.' })
  const notBack = await backInTime()
  if (notBack !== null) return notBack.why
  const disabledReason = notOurs(key) ?? readOnlyReason(isReadOnly())
  if (disabledReason !== null) return disabledReason
  try {
    return (await check?.()) ?? notOurs(key)
  } catch (error) {
    if (error instanceof ApiError)
      return `What it is about has to be read first, and that failed: ${error.message}`
    throw error
  }
}

async function endSeen(key: string, readBack: More['readBack']): Promise<PlainResult> {
  try {
    const contradiction = (await readBack?.()) ?? null
    if (contradiction !== null) {
      endOperation(key, 'superseded', contradiction)
      return { is: 'superseded', note: contradiction }
    }
    endOperation(key, 'done', '')
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    endOperation(key, 'done', `BigV took it, but reading it back failed: ${error.message}`)
  }
  return { is: 'done' }
}
