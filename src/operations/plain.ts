import { ApiError, isUnclear } from '../api/errors.ts'
import { newOperation } from './begin.ts'
import { isLookOnly, lookOnlyRefusal } from './look-only.ts'
import type { Action, Operation, PlannedRequest, Target } from './operation.ts'
import { sendRecorded } from './recorder.ts'
import { endOperation, putOperation } from './store.ts'

/** How a change that is about no machine went. The caller shows the error beside what was typed. */
export type PlainResult =
  | { is: 'done' }
  | { is: 'barred'; reason: string }
  | { is: 'refused'; error: ApiError }
  | { is: 'unclear'; error: ApiError }
  /** BigV took it, but read again, it is not so. */
  | { is: 'overtaken'; note: string }

interface More {
  expects?: Operation['expects']
  /** Reads again, and returns what contradicts the change in a sentence, or null when it is seen. Throws an ApiError. */
  readBack?: () => Promise<string | null>
}

/**
 * Sends the one request of a change that is about no machine (groups, keys), once, and records it. Takes the action, what it
 * is about, the request, and how to read it back; returns when it is seen to be so, or not, or BigV has not answered.
 */
export async function doPlainly(
  action: Action,
  target: Target,
  planned: PlannedRequest,
  { expects = null, readBack }: More = {},
): Promise<PlainResult> {
  const barred = lookOnlyRefusal(isLookOnly())
  if (barred !== null) return { is: 'barred', reason: barred }
  const operation = { ...newOperation(action, target), expects }
  putOperation(operation)
  const answer = await sendRecorded(operation.key, planned)
  if (!(answer instanceof ApiError)) {
    return await endSeen(operation.key, readBack)
  }
  const unclear = isUnclear(answer)
  endOperation(operation.key, unclear ? 'unclear' : 'refused', answer.message)
  return { is: unclear ? 'unclear' : 'refused', error: answer }
}

async function endSeen(key: string, readBack: More['readBack']): Promise<PlainResult> {
  try {
    const contradiction = (await readBack?.()) ?? null
    if (contradiction !== null) {
      endOperation(key, 'overtaken', contradiction)
      return { is: 'overtaken', note: contradiction }
    }
    endOperation(key, 'done', '')
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    endOperation(key, 'done', `BigV took it, but reading it back failed: ${error.message}`)
  }
  return { is: 'done' }
}
