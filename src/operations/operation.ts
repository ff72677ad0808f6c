import type { Evidence, Target } from '../actions/action.ts'
import type { ActionName } from '../actions/index.ts'
import type { RequestTrace } from '../api/errors.ts'

export type { Evidence, PlannedRequest, Target } from '../actions/action.ts'

/** The name of what is done. */
export type Action = ActionName

/**
 * How an operation ended: done; refused (BigV said no, or nothing was sent); unclear (no answer to a write); superseded (a
 * later reading contradicts it); no longer watching (the user stopped watching).
 */
export type Outcome = 'done' | 'refused' | 'unclear' | 'superseded' | 'no longer watching'

/** A request of an operation, as sent, without secrets, and what became of it. */
export interface Step {
  method: string
  path: string
  body: unknown
  trace: RequestTrace | null
  /** Where it stands for several requests of a kind that were answered: how many. Its trace has their whole duration. */
  times?: number
}

/** A change on its way or gone by: a named sequence of requests with a condition that says when it is done. */
export interface Operation {
  key: string
  action: Action
  /** What its action says of it, so that showing it needs no more than the record. */
  label: string
  inProgress: string | null
  overdueAfter: number | null
  /** It holds up nothing. */
  aside: boolean
  target: Target
  /** The other machine that it is about, if any: held up, and read, as the first. */
  also?: Target
  username: string
  /**
   * `checking`: the machine is read, nothing sent yet; `sending`; `signing in`: BigV no longer took the credentials;
   * `asking`: the user has to say whether to send after all; `waiting` for the condition to be seen; `ended`.
   */
  phase: 'checking' | 'sending' | 'signing in' | 'asking' | 'waiting' | 'ended'
  begunAt: number
  endedAt: number | null
  outcome: Outcome | null
  /** What there is to say about the outcome, or the question while asking: whole sentences. */
  note: string
  steps: readonly Step[]
  evidence: Evidence | null
  /** Where a request has changed autoreboot_on: from what, to what. */
  autoreboot: { before: boolean; after: boolean } | null
  /** The spell after which it counts as overdue begins here; "keep waiting" begins it anew. */
  patienceFrom: number
  /**
   * What has to be read back: for change and the discs the attributes that were written, with the disc's id, if it has one; for
   * backups, swapped addresses and privileges what their files say.
   */
  expects: Readonly<Record<string, unknown>> | null
  /** For create: whether it was asked to be on. */
  expectsPower: boolean
  /** The key of the plan that it is a step of. */
  plan?: string
  /** For keys that are sent one after the other: how many presses BigV has taken, of how many. */
  progress?: { sent: number; of: number }
  /** Whether it belongs to another tab of this browser, which watches it. */
  otherTab: boolean
  /** The run of many that it is a part of, which tells its end: for one of many there is no toast. */
  run?: string
}
