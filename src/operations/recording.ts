import type { Action } from '../actions/action.ts'
import { actions, nameOf } from '../actions/index.ts'
import { ApiError, type RequestTrace } from '../api/errors.ts'
import { request, type Answer } from '../api/http.ts'
import { redacted, withoutCredentials } from '../api/redact.ts'
import { anything } from '../api/schema.ts'
import { singleVirtualMachineSchema, type VirtualMachine } from '../api/virtual-machines.ts'
import { currentSession } from '../session/session.ts'
import { noteForbidden } from './disabled-reason.ts'
import type { Operation, PlannedRequest, SentRequest, Target } from './operation.ts'
import { findOperation, updateOperation } from './store.ts'

/** The record of what was just asked for. */
export function newOperation(action: Action, target: Target): Operation {
  const now = Date.now()
  return {
    key: `${now.toString(36)}-${Math.random().toString(36).slice(2, 10)}`,
    action: nameOf(action),
    label: action.label,
    inProgress: action.inProgress,
    overdueAfter: action.watch?.overdueAfter ?? null,
    blocksNothing: action.blocksNothing === true,
    target,
    username: currentSession().credentials?.username ?? '',
    phase: 'checking',
    begunAt: now,
    endedAt: null,
    outcome: null,
    note: '',
    steps: [],
    evidence: null,
    autoreboot: null,
    patienceFrom: now,
    expects: null,
    otherTab: false,
  }
}

/** A request with the good answer to it. */
export interface Sent {
  request: PlannedRequest
  answer: Answer<unknown>
}

/** The machine in the answer to a PUT; a signal's says nothing of it. */
export function machineIn({ request, answer }: Sent): VirtualMachine | undefined {
  return request.method === 'PUT' ? singleVirtualMachineSchema.safeParse(answer.data).data : undefined
}

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
    const answer = await request(planned.method, planned.path, {
      body: planned.body,
      schema: anything,
      onTrace: (trace) => setTrace(key, index, trace),
    })
    countStep(key, index, planned)
    return answer
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
  const recorded = recordedBodyOf(key)?.(body, 1) ?? redacted(body)
  const step: SentRequest = { method, path, body: recorded, trace: null }
  updateOperation(key, { phase: 'sending', note: '', steps: [...steps, step] })
  return steps.length
}

function setTrace(key: string, index: number, trace: RequestTrace): void {
  const steps = findOperation(key)?.steps
  const step = steps?.[index]
  if (steps && step) updateOperation(key, { steps: steps.with(index, { ...step, trace }) })
}

/** Has those that were answered one after the other stand as one step, where their bodies are recorded by their number. */
function countStep(key: string, index: number, { body }: PlannedRequest): void {
  const recordedBody = recordedBodyOf(key)
  const steps = findOperation(key)?.steps
  const step = steps?.[index]
  if (!recordedBody || !step) return
  const before = steps[index - 1]
  const [others, counted] =
    before?.times === undefined ? [steps.slice(0, index), 0] : [steps.slice(0, index - 1), before.times]
  const times = counted + 1
  const first = counted > 0 ? before?.trace : null
  const trace =
    step.trace && first
      ? { ...step.trace, startedAt: first.startedAt, duration: first.duration + step.trace.duration }
      : step.trace
  updateOperation(key, { steps: [...others, { ...step, body: recordedBody(body, times), trace, times }] })
}

function recordedBodyOf(key: string) {
  const operation = findOperation(key)
  return operation && actions[operation.action].recordedBody
}
