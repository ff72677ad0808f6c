import type { ActionName } from '../actions/index.ts'
import type { Evidence } from '../actions/observation.ts'
import type { Target } from '../actions/requests.ts'
import type { RequestTrace } from '../api/errors.ts'

export type { Evidence } from '../actions/observation.ts'
export type { PlannedRequest, Target } from '../actions/requests.ts'

/**
 * How an operation ended: done; refused (BigV said no, or nothing was sent); unclear (no answer to a write); superseded (a later fetch
 * contradicts it); no longer watching (the user stopped watching).
 */
export type Outcome = 'done' | 'refused' | 'unclear' | 'superseded' | 'no longer watching'

/** A request of an operation, as sent but without secrets, and BigV's answer. */
export interface SentRequest {
  method: string
  path: string
  body: unknown
  trace: RequestTrace | null
  /** The number of answered requests that this one stands for. Its trace has their total duration. */
  times?: number
}

/** One change: its requests, their results, and what it is waiting for. Stored, shared with other tabs, and exported. */
export interface Operation {
  key: string
  action: ActionName
  /** Copied from its action, so that the record alone can be shown. */
  label: string
  inProgress: string | null
  overdueAfter: number | null
  blocksNothing: boolean
  target: Target
  /** The other machine, for an action on two: blocked and fetched like the first. */
  also?: Target
  username: string
  /**
   * `checking`: fetching the machine, nothing sent yet; `sending`; `signing in`: BigV rejected the credentials; `asking`: the user has to
   * decide whether to send it after all; `waiting`: not yet seen to be done; `ended`.
   */
  phase: 'checking' | 'sending' | 'signing in' | 'asking' | 'waiting' | 'ended'
  begunAt: number
  endedAt: number | null
  outcome: Outcome | null
  /** A remark on the outcome, or the question while asking: whole sentences. */
  note: string
  steps: readonly SentRequest[]
  evidence: Evidence | null
  /** The change of autoreboot_on by one of its requests. */
  autoreboot: { before: boolean; after: boolean } | null
  /** It counts as overdue `overdueAfter` ms from here; "Keep waiting" sets it again. */
  patienceFrom: number
  /** The result it expects, as its action stores it: for most, the data that a later fetch has to show. */
  expects: Readonly<Record<string, unknown>> | null
  /** The key of the plan that it is a step of. */
  plan?: string
  /** True if another tab of this browser began it, and watches it. */
  otherTab: boolean
  /** The key of its batch, which notifies once at its end: single items have no toast. */
  batch?: string
}

/** True if the operation has waited longer than it should, at the time `now` in ms. */
export function isOverdue({ phase, patienceFrom, overdueAfter }: Operation, now: number): boolean {
  return phase === 'waiting' && overdueAfter !== null && now - patienceFrom >= overdueAfter
}
