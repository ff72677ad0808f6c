import type { ActionName } from '../actions/index.ts'
import type { Evidence } from '../actions/observation.ts'
import type { Target } from '../actions/requests.ts'
import type { RequestTrace } from '../api/errors.ts'

export type { Evidence } from '../actions/observation.ts'
export type { PlannedRequest, Target } from '../actions/requests.ts'

/**
 * How an operation ended:
 * - `done`
 * - `refused`: BigV said no, or nothing was sent
 * - `unclear`: a write got no answer
 * - `superseded`: a later fetch contradicts the operation
 * - `cancelled`: the user cancelled it while it was queued, so nothing was sent
 * - `no longer watching`: the user stopped watching, or another action replaced it
 */
export type Outcome = 'done' | 'refused' | 'unclear' | 'superseded' | 'cancelled' | 'no longer watching'

/** A request of an operation, as sent but without secrets, with the trace of BigV's answer. */
export interface SentRequest {
  method: string
  path: string
  body: unknown
  trace: RequestTrace | null
  /** How many answered requests this entry stands for. The trace has their total duration. */
  times?: number
}

/** One change: its requests, their results, and the data that it waits for. Stored, shared with other tabs, and exported. */
export interface Operation {
  key: string
  action: ActionName
  /** Copied from the action, so that the record alone can be shown. */
  label: string
  inProgress: string | null
  overdueAfter: number | null
  blocksNothing: boolean
  target: Target
  /** The second machine, for an action on two machines. Both are blocked and fetched. */
  also?: Target
  username: string
  /**
   * - `queued`: waits until fewer requests are running (api/write-places.ts), and sends nothing meanwhile
   * - `checking`: the machine is being fetched, nothing has been sent
   * - `sending`
   * - `signing in`: BigV rejected the credentials
   * - `asking`: the user has to decide whether to send the request after all
   * - `waiting`: no fetch has shown the operation done yet
   * - `ended`
   */
  phase: 'queued' | 'checking' | 'sending' | 'signing in' | 'asking' | 'waiting' | 'ended'
  begunAt: number
  endedAt: number | null
  outcome: Outcome | null
  /** A remark on the outcome or, while asking, the question. In whole sentences. */
  note: string
  /** After a request without an answer: "Still running at 14:03:22.", for the toast. Not stored, as `note` says it, too. */
  shows?: string
  steps: readonly SentRequest[]
  evidence: Evidence | null
  /** The change of autoreboot_on by one of the operation's requests. */
  autoreboot: { before: boolean; after: boolean } | null
  /** The operation counts as overdue `overdueAfter` ms after this time. "Keep waiting" sets the time again. */
  patienceFrom: number
  /** The expected result, as the action stores it. For most actions, the data that a later fetch has to show. */
  expects: Readonly<Record<string, unknown>> | null
  /** The key of the plan, if the operation is a step of one. */
  plan?: string
  /** True if the operation was begun in another tab of this browser, which watches it. */
  otherTab: boolean
  /** The key of the operation's batch. A batch notifies once when it ends, so its operations have no toasts of their own. */
  batch?: string
}

/** True if the operation is overdue at the time `now` (in ms). */
export function isOverdue({ phase, patienceFrom, overdueAfter }: Operation, now: number): boolean {
  return phase === 'waiting' && overdueAfter !== null && now - patienceFrom >= overdueAfter
}
