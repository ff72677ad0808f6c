import { actions } from '../actions/index.ts'
import { ApiError, type RequestTrace } from '../api/errors.ts'
import { request, type Answer } from '../api/http.ts'
import { redacted, withoutCredentials } from '../api/redact.ts'
import { anything } from '../api/schema.ts'
import { noteForbidden } from './forbidden.ts'
import type { PlannedRequest, Step } from './operation.ts'
import { findOperation, updateOperation } from './store.ts'

/**
 * Sends one request of an operation, once, and records it there as its next step, without secrets. Returns the answer, or the
 * ApiError that came instead; throws what is neither. A 403 is remembered.
 */
export async function sendRecorded(
  key: string,
  planned: PlannedRequest,
): Promise<Answer<unknown> | ApiError> {
  const index = addStep(key, planned)
  try {
    return await request(planned.method, planned.path, {
      body: planned.body,
      schema: anything,
      onTrace: (trace) => setTrace(key, index, trace),
    })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const operation = findOperation(key)
    const shownError = withoutSecrets(error)
    if (error.status === 403 && operation)
      noteForbidden(actions[operation.action], operation.target, shownError)
    return shownError
  }
}

/** BigV may repeat what it was sent: of that the user:password of a URL is not shown and kept. */
function withoutSecrets(error: ApiError): ApiError {
  const { kind, trace, sent, message, text, cause } = error
  // By name they are of the request's fields, root_password for one, but what BigV says of a field is no secret.
  const fields = Object.fromEntries(
    Object.entries(error.fields).map(([name, messages]) => [name, messages.map(withoutCredentials)]),
  )
  const shownText = text && withoutCredentials(text)
  return new ApiError(withoutCredentials(message), { kind, trace, sent, text: shownText, fields }, { cause })
}

function addStep(key: string, { method, path, body }: PlannedRequest): number {
  const steps = findOperation(key)?.steps ?? []
  const step: Step = { method, path, body: shown(body), trace: null }
  updateOperation(key, { phase: 'sending', note: '', steps: [...steps, step] })
  return steps.length
}

function setTrace(key: string, index: number, trace: RequestTrace): void {
  const steps = findOperation(key)?.steps
  const step = steps?.[index]
  if (steps && step) updateOperation(key, { steps: steps.with(index, { ...step, trace }) })
}

// Keys may spell a password, so their record is a count (design: secrets).
function shown(body: unknown): unknown {
  const copy = redacted(body)
  if (typeof copy !== 'object' || copy === null || !('data' in copy) || typeof copy.data !== 'string')
    return copy
  const count = copy.data.split('-').length
  return { ...copy, data: count === 1 ? '1 key' : `${count} keys` }
}
