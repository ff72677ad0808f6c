import type { ActionName } from '../actions/index.ts'
import type { Evidence } from '../actions/observation.ts'
import type { Target } from '../actions/requests.ts'
import type { RequestTrace } from '../api/errors.ts'

export type { Evidence } from '../actions/observation.ts'
export type { PlannedRequest, Target } from '../actions/requests.ts'

/**
 * How an operation ended: done; refused (BigV said no, or nothing was sent); unclear (no answer to a write); superseded (a
 * later fetch contradicts it); no longer watching (the user stopped watching).
 */
export type Outcome = 'done' | 'refused' | 'unclear' | 'superseded' | 'no longer watching'

/** A request of an operation, as sent, without secrets, and what became of it. */
export interface SentRequest {
  method: string
  path: string
  body: unknown
  trace: RequestTrace | null
  /** Where it stands for several requests of a kind that were answered: how many. Its trace has their whole duration. */
  times?: number
}

/** One change: its requests, what became of them, and what it is waiting for. Stored, shared with other tabs, and exported. */
export interface Operation {
  key: string
  action: ActionName
  /** What its action says of it, so that showing it needs no more than the record. */
  label: string
  inProgress: string | null
  overdueAfter: number | null
  /** It blocks nothing. */
  blocksNothing: boolean
  target: Target
  /** The other machine of an action on two: busy and fetched like the first. */
  also?: Target
  username: string
  /**
   * `checking`: the machine is fetched, nothing sent yet; `sending`; `signing in`: BigV rejected the credentials;
   * `asking`: the user has to say whether to send after all; `waiting` for the condition to be seen; `ended`.
   */
  phase: 'checking' | 'sending' | 'signing in' | 'asking' | 'waiting' | 'ended'
  begunAt: number
  endedAt: number | null
  outcome: Outcome | null
  /** What there is to say about the outcome, or the question while asking: whole sentences. */
  note: string
  steps: readonly SentRequest[]
  evidence: Evidence | null
  /** Where a request has changed autoreboot_on: from what, to what. */
  autoreboot: { before: boolean; after: boolean } | null
  /** The spell after which it counts as overdue begins here; "keep waiting" begins it anew. */
  patienceFrom: number
  /** What it has to come to, as its action stores it: for most, what a later fetch has to show. */
  expects: Readonly<Record<string, unknown>> | null
  /** The key of the plan that it is a step of. */
  plan?: string
  /** Whether it belongs to another tab of this browser, which watches it. */
  otherTab: boolean
  /** The key of its batch, which notifies of its end as a whole: for one of many there is no toast. */
  batch?: string
}

/** Whether the operation waits longer than is usual, at the time `now` in ms. */
export function isOverdue({ phase, patienceFrom, overdueAfter }: Operation, now: number): boolean {
  return phase === 'waiting' && overdueAfter !== null && now - patienceFrom >= overdueAfter
}
