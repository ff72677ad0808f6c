import { ApiError, isUnclear } from '../api/errors.ts'
import { newOperation } from './begin.ts'
import { isLookOnly, lookOnlyRefusal } from './look-only.ts'
import type { Action, PlannedRequest, Target } from './operation.ts'
import { sendRecorded } from './recorder.ts'
import { endOperation, putOperation } from './store.ts'

/** How a change that is about no machine went. The caller shows the error beside what was typed. */
export type PlainResult =
  | { is: 'done' }
  | { is: 'barred'; reason: string }
  | { is: 'refused'; error: ApiError }
  | { is: 'unclear'; error: ApiError }

/**
 * Sends the one request of a change that is about no machine (groups, keys), once, and records it. Takes the action, what it
 * is about, and the request; returns when BigV has answered, or has not.
 */
export async function doPlainly(
  action: Action,
  target: Target,
  planned: PlannedRequest,
): Promise<PlainResult> {
  const barred = lookOnlyRefusal(isLookOnly())
  if (barred !== null) return { is: 'barred', reason: barred }
  const operation = newOperation(action, target)
  putOperation(operation)
  const answer = await sendRecorded(operation.key, planned)
  if (!(answer instanceof ApiError)) {
    endOperation(operation.key, 'done', '')
    return { is: 'done' }
  }
  const unclear = isUnclear(answer)
  endOperation(operation.key, unclear ? 'unclear' : 'refused', answer.message)
  return { is: unclear ? 'unclear' : 'refused', error: answer }
}
