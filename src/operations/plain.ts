import { ApiError, isUnclear, type RequestTrace } from '../api/errors.ts'
import { request } from '../api/http.ts'
import { redacted } from '../api/redact.ts'
import { anything } from '../api/schema.ts'
import { newOperation } from './begin.ts'
import { isLookOnly, lookOnlyRefusal } from './look-only.ts'
import type { Action, PlannedRequest, Target } from './operation.ts'
import { endOperation, putOperation, removeOperation, updateOperation } from './store.ts'

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
  let trace: RequestTrace | null = null
  const step = () => ({ method: planned.method, path: planned.path, body: redacted(planned.body), trace })
  const operation = newOperation(action, target)
  putOperation({ ...operation, phase: 'sending', steps: [step()] })
  try {
    await request(planned.method, planned.path, {
      body: planned.body,
      schema: anything,
      onTrace: (made) => (trace = made),
    })
    updateOperation(operation.key, { steps: [step()] })
    endOperation(operation.key, 'done', '')
    return { is: 'done' }
  } catch (error) {
    if (!(error instanceof ApiError)) {
      removeOperation(operation.key)
      throw error
    }
    updateOperation(operation.key, { steps: [step()] })
    const unclear = isUnclear(error)
    endOperation(operation.key, unclear ? 'unclear' : 'refused', error.message)
    return { is: unclear ? 'unclear' : 'refused', error }
  }
}
