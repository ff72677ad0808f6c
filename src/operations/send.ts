import type { Action } from '../actions/action.ts'
import { actions, nameOf } from '../actions/index.ts'
import type { PlannedRequest, Target } from '../actions/requests.ts'
import { ApiError, fetchFailedText, isUnclear, type RequestTrace } from '../api/errors.ts'
import { request, type Answer } from '../api/http.ts'
import { redacted, redactedError } from '../api/redact.ts'
import { anything } from '../api/schema.ts'
import { singleVirtualMachineSchema, type VirtualMachine } from '../api/virtual-machines.ts'
import { newRecordKey } from '../lib/record-key.ts'
import { onOff } from '../lib/text.ts'
import { currentSession } from '../session/session.ts'
import { noteForbidden } from './disabled-reason.ts'
import type { Operation, Outcome, SentRequest } from './operation.ts'
import { placeFor, type Place } from './place.ts'
import { isReadOnly, readOnlyReason } from '../session/read-only.ts'
import { cancelReason, NotSent, resume, withSession, type Decision, type Dropped } from './sign-in-again.ts'
import {
  endOperation,
  findOperation,
  noteFailure,
  putOperation,
  removeOperation,
  updateOperation,
} from './store.ts'

// This file alone sends changes. Every change goes through the same steps: check, ask again if needed, send, record, watch. The jobs are in
// run.ts (machines), create.ts (new machines), batch/key-presses.ts (key presses) and resource-action.ts (groups, keys and privileges).

/** How much of a failed operation was done, after a space; empty if nothing was. */
export function doneSoFar(operation: Operation, unclear: boolean): string {
  const { action, autoreboot } = operation
  const said = actions[action].progressText?.(operation, unclear)
  if (said !== undefined) return ` ${said}`
  return autoreboot === null ? '' : ` Before that, automatic restart was turned ${onOff(autoreboot.after)}.`
}

/** A request with its successful answer. */
export interface AnsweredRequest {
  request: PlannedRequest
  answer: Answer<unknown>
}

/** An action on a target. `Data`: the data that the decision to send is based on, such as the machine as just fetched. */
export interface Job<Data> extends Decision<Data> {
  action: Action
  target: Target
  /** Further fields of the operation's record. */
  record?: Partial<Operation>
  /** Why the operation can't begin, or null. Called before anything is fetched. */
  blocked: () => string | null
  /** The requests to send, in order. Called again with new data after a 401: a request that wasn't needed before may be needed then. */
  requests: (data: Data) => readonly PlannedRequest[]
  /** Records what an answer shows. Returns a sentence if BigV has ignored something that later requests rely on; otherwise null. */
  readAnswer?: (key: string, answered: AnsweredRequest, data: Data, isLast: boolean) => string | null
  /** Called once all requests have succeeded. Starts watching the operation, or ends it. */
  finish: (key: string, last: AnsweredRequest | null, data: Data) => Finished | Promise<Finished>
  /** Called if no answer came. Fetches the target, and returns the outcome with sentences for the record. */
  fetchUnanswered: (key: string) => Promise<{ outcome: Extract<Outcome, 'done' | 'unclear'>; note: string }>
  /** Refreshes the pages that show the target. */
  refresh: () => void
}

type JobToBegin<Data> = Pick<
  Job<Data>,
  'action' | 'target' | 'record' | 'blocked' | 'fetch' | 'disabledReason'
>

type Beginning<Data> =
  | { is: 'begun'; key: string; data: Data; place: Place; drop: (why: string) => void }
  /** `data`: the fetched data, if the operation was refused after the fetch. */
  | { is: 'refused'; reason: string; data?: Data }
  | { is: 'fetch failed'; error: ApiError }

/** The operation was ended from elsewhere, or its user has signed out. */
type Stopped = { is: 'stopped'; why: string }

/** The result of sending. Only `waiting` operations are watched; all others have ended. */
export type Finished =
  | { is: 'waiting' }
  | { is: 'done' }
  | { is: 'superseded'; note: string }
  | { is: 'refused' | 'unclear'; error: ApiError }
  /** BigV rejected the credentials, and the request was not sent again after signing in. */
  | { is: 'dropped'; error: ApiError; why: string; declined: boolean }
  | Stopped

/** Options for beginning an operation. */
interface BeginOptions<Data> {
  /** Replaces the first fetch, unless the operation was queued for more than 2 s: its data would be old then. */
  fetch?: () => Promise<Data>
  /**
   * Called if the operation is queued. The caller has then told the user, and no longer waits for the result. So if the operation can't
   * begin in the end, its record isn't removed, but says why.
   */
  onQueued?: (key: string) => void
}

/**
 * Records the operation, waits for a place among the writes, fetches the data, and decides whether the operation begins. If it doesn't, its
 * record is removed. If it does, the place is held: pass it to `send`, or call `drop`.
 */
export async function begin<Data>(
  job: JobToBegin<Data>,
  { fetch = job.fetch, onQueued }: BeginOptions<Data> = {},
): Promise<Beginning<Data>> {
  const blocked = readOnlyReason(isReadOnly()) ?? job.blocked()
  if (blocked !== null) return { is: 'refused', reason: blocked }
  const operation = { ...newOperation(job.action, job.target), ...job.record }
  const { key } = operation
  // Recorded before the fetch, so that a second click is refused.
  putOperation(operation)
  let told = false
  const place = placeFor(key, job.action.urgent === true, () => {
    told = onQueued !== undefined
    onQueued?.(key)
  })
  const drop = (why: string) => {
    place.release()
    if (told) endOperation(key, 'refused', `${why} Nothing was sent.`)
    // The record of a cancelled operation stays, because it tells the user so.
    else if (findOperation(key)?.phase !== 'ended') removeOperation(key)
  }
  try {
    const data = await withSession(inPlace(key, place, job.fetch, fetch), { onWait: place.release })
    const reason = droppedReason(key) ?? readOnlyReason(isReadOnly()) ?? job.disabledReason(data)
    if (reason === null) return { is: 'begun', key, data, place, drop }
    drop(reason)
    return { is: 'refused', reason, data }
  } catch (error) {
    const reason = error instanceof NotSent ? error.message : droppedReason(key)
    drop(reason ?? (error instanceof ApiError ? fetchFailedText(error) : 'The dashboard itself failed.'))
    if (reason !== null) return { is: 'refused', reason }
    if (error instanceof ApiError) return { is: 'fetch failed', error }
    throw error
  }
}

/**
 * Cancels an operation while it is queued, so that nothing is sent. Only works in the tab that began the operation.
 * @param by the label of the action that takes its place; without it, the user cancels
 */
export function cancelQueued(key: string, by?: string): void {
  const operation = findOperation(key)
  if (operation?.phase !== 'queued' || operation.otherTab) return
  const sent = operation.steps.length === 0 ? 'Nothing was sent.' : 'It wasn’t sent again.'
  endOperation(
    key,
    'cancelled',
    `${by === undefined ? 'You' : `“${by}”`} cancelled this while it was queued. ${sent}${doneSoFar(operation, false)}`,
  )
}

/**
 * In a batch, many operations are queued for a moment. Up to this many ms later, the row of the batch's list still stands in for a fetch at
 * the operation's turn, or 300 starts would be 300 fetches. Lists are at most 5 s old (batch/fetch-machines.ts), so a row is at most 7 s old.
 */
const FRESH_MS = 2_000

/** A fetch that first waits for one of the four places for writes. `atOnce` replaces it if the operation was queued for 2 s at most. */
function inPlace<Data>(
  key: string,
  place: Place,
  fetch: () => Promise<Data>,
  atOnce = fetch,
): () => Promise<Data> {
  return async () => {
    const since = Date.now()
    const taken = await place.take()
    if (taken === 'cancelled')
      throw new NotSent(droppedReason(key) ?? 'It was cancelled while it was queued.')
    const isFresh = Math.abs(Date.now() - since) <= FRESH_MS
    return await (taken === 'waited' && !isFresh ? fetch : atOnce)()
  }
}

/** A new operation's record. */
export function newOperation(action: Action, target: Target): Operation {
  const now = Date.now()
  return {
    key: newRecordKey(),
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

/** Why the operation can't continue after the fetch: its user has signed out. Otherwise null. */
function droppedReason(key: string): string | null {
  return findOperation(key) === undefined
    ? 'You signed out, or another user signed in, so the request was cancelled.'
    : cancelReason(key)
}

/** Sends an operation that has begun, and releases its place. Then starts watching the operation, or ends it. */
export async function send<Data>(key: string, job: Job<Data>, data: Data, place: Place): Promise<Finished> {
  const end = (outcome: Outcome, ...notes: (string | false | null | undefined)[]) => {
    const operation = findOperation(key)
    const note = notes.filter(Boolean).join(' ')
    if (operation !== undefined) {
      endOperation(key, outcome, note + doneSoFar(operation, outcome === 'unclear'))
    }
    job.refresh()
  }
  const result = await sendRequests(key, job, data, place)
    .catch((error: unknown) => {
      // The dashboard itself has failed. A record that stayed in "sending" would block the machine.
      end('unclear', 'The dashboard itself failed. BigV may or may not have carried out the request.')
      throw error
    })
    .finally(place.release)
  switch (result.is) {
    case 'answered':
      try {
        return await job.finish(key, result.last, result.data)
      } catch (error) {
        const isStuck = findOperation(key)?.phase === 'sending'
        if (isStuck) end('unclear', 'BigV answered, but then the dashboard itself failed.')
        throw error
      }
    case 'stopped':
      end('refused', result.why)
      return result
    case 'superseded':
      end('superseded', result.note, 'Nothing more was sent.')
      return result
    case 'failed': {
      const { error, dropped } = result
      noteFailure(key, error)
      if (!isUnclear(error)) {
        // “Nothing was sent” would be wrong after an earlier request. `progressText` already says how much was sent.
        const isFirst = findOperation(key)?.steps.length === 1
        const nothingSent = error.sent === 'no' && isFirst && job.action.progressText === undefined
        end('refused', error.message, nothingSent && 'Nothing was sent.', dropped?.note)
        if (dropped === null) return { is: 'refused', error }
        return { is: 'dropped', error, why: dropped.why, declined: dropped.declined === true }
      }
      const { outcome, note } = await job.fetchUnanswered(key)
      end(outcome, error.message, note)
      return outcome === 'done' ? { is: 'done' } : { is: 'unclear', error }
    }
  }
}

/** The result of sending the requests. */
type Requested<Data> =
  | { is: 'answered'; last: AnsweredRequest | null; data: Data }
  | Stopped
  | { is: 'superseded'; note: string }
  | { is: 'failed'; error: ApiError; dropped: Dropped | null }

/**
 * Sends the requests in order, each at most once, or once more if the user signs in again after a 401. Stops if the operation has ended or
 * another user is signed in.
 */
async function sendRequests<Data>(
  key: string,
  job: Job<Data>,
  before: Data,
  place: Place,
): Promise<Requested<Data>> {
  let data = before
  let left = job.requests(data)
  let last: AnsweredRequest | null = null
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const why = cancelReason(key)
    if (why !== null) return { is: 'stopped', why }
    const answer = await sendRecorded(key, next)
    if (answer instanceof ApiError) {
      // While the user signs in, other operations may have the place.
      const again = { ...job, fetch: inPlace(key, place, job.fetch), onWait: place.release }
      const resumed = answer.status === 401 ? await resume(key, again, data) : null
      if (resumed?.is !== 'resumed') return { is: 'failed', error: answer, dropped: resumed }
      data = resumed.data
      left = job.requests(data)
      continue
    }
    last = { request: next, answer }
    left = left.slice(1)
    const note = job.readAnswer?.(key, last, data, left.length === 0) ?? null
    if (note !== null) return { is: 'superseded', note }
  }
  return { is: 'answered', last, data }
}

/**
 * Sends one request of an operation, once, and records the request as the next step, without secrets. Returns the answer or an ApiError;
 * throws other errors. Remembers a 403.
 */
async function sendRecorded(key: string, planned: PlannedRequest): Promise<Answer<unknown> | ApiError> {
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
    const shown = redactedError(error)
    if (error.status === 403 && operation) noteForbidden(actions[operation.action], operation.target, shown)
    return shown
  }
}

function addStep(key: string, { method, path, body }: PlannedRequest): number {
  const operation = findOperation(key)
  const steps = operation?.steps ?? []
  const recordedBody = operation && actions[operation.action].recordedBody
  const step: SentRequest = { method, path, body: recordedBody?.(body, 1) ?? redacted(body), trace: null }
  updateOperation(key, { phase: 'sending', note: '', steps: [...steps, step] })
  return steps.length
}

function setTrace(key: string, index: number, trace: RequestTrace): void {
  const steps = findOperation(key)?.steps
  const step = steps?.[index]
  if (steps && step) updateOperation(key, { steps: steps.with(index, { ...step, trace }) })
}

/** The machine in the answer to a PUT; undefined for a signal, whose answer has no machine. */
export function machineIn({ request, answer }: AnsweredRequest): VirtualMachine | undefined {
  return request.method === 'PUT' ? singleVirtualMachineSchema.safeParse(answer.data).data : undefined
}
