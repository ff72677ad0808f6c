import type { Outcome, Target } from '../operation.ts'

/** What a plan is for: a change, a re-image or a rescue start of a machine that runs, with the shutdown that it needs first. */
export type PlanKind = 'change' | 'reimage' | 'rescue'

/** The operations that plans are made of. */
export type StepAction = 'shut_down' | 'change' | 'reimage' | 'rescue' | 'start'

/** A step of a plan: one operation, ticked when it was seen to be done. */
export interface PlanStep {
  action: StepAction
  done: boolean
  /** The operation that was begun for it last and has not been judged yet: its key. */
  operation: string | null
  /** How the last operation for it ended, if that was not well. */
  tried: Exclude<Outcome, 'done'> | null
  /** What there is to say of how it was done. */
  note: string
}

/**
 * A visible sequence of operations on one machine. Fit to be stored: of what is secret in it (a root password, keys, a
 * first-boot script, the user:password of a URL) there are dots or nothing here.
 */
export interface Plan {
  key: string
  kind: PlanKind
  target: Target & { id: number }
  username: string
  /** `halted` goes on only when the user says so. */
  phase: 'running' | 'halted' | 'done'
  steps: readonly PlanStep[]
  /** The machine as the user was shown it: what is written is written over that alone. */
  before: { autoreboot_on: boolean; attributes: Readonly<Record<string, unknown>> }
  /** What is to be changed. */
  patch: Readonly<Record<string, unknown>>
  /** The group that the change moves the machine to. */
  movesTo: string | null
  distribution: string | null
  /** After how many ms of waiting for the guest the plug is pulled; null for never. */
  forceAfter: number | null
  begunAt: number
  endedAt: number | null
  /** Why it is halted, or what it waits for: whole sentences. */
  note: string
  /** Whether it was the user who halted it. */
  stopped: boolean
  /** Whether it belongs to another tab of this browser, which takes it forward. */
  otherTab: boolean
  /** Whether it was put away: it holds for the activity alone. */
  dismissed: boolean
}

/** Takes a plan and returns the step that is under way or next, if one is left. */
export function stepOf({ steps }: Pick<Plan, 'steps'>): PlanStep | undefined {
  return steps.find(({ done }) => !done)
}
