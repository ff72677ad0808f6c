import type { Guided, MachineAction, SimpleAction } from '../actions/action.ts'
import { machineActionOf, simpleActionOf, type ActionName } from '../actions/index.ts'
import type { Expectations } from '../actions/observation.ts'
import { shutDown, start } from '../actions/power.ts'
import { yesNo } from '../lib/text.ts'
import type { Operation, Outcome, Target } from './operation.ts'

/** A step of a plan: one operation, ticked when it was seen to be done. */
export interface PlanStep {
  /** The shutdown, the action for whose sake the plan was made, or the start afterwards. */
  role: 'shut down' | 'action' | 'start'
  done: boolean
  /** The key of the operation that was begun for it last and has not ended, or whose end has not been looked at. */
  operation: string | null
  /** How the last operation for it ended, if that was not well. */
  tried: Exclude<Outcome, 'done'> | null
  /** What there is to say of how it was done. */
  note: string
}

/**
 * A visible sequence of operations on one machine that runs: it is shut down, something is done to it that needs it off, and it may
 * be started again. Fit to be stored: what is secret (a root password, keys, a first-boot script, the user:password of a URL) is kept
 * in memory by plan-store.ts.
 */
export interface Plan {
  key: string
  /** The name of the action for whose sake it was made: one with `guided`. */
  action: ActionName
  /** What is kept of what the action carries, as its `guided.keep` has it. */
  kept: Expectations
  target: Target & { id: number }
  username: string
  /** `halted` goes on only when the user says so. */
  phase: 'running' | 'halted' | 'done'
  steps: readonly PlanStep[]
  /** What the machine had before; `start` sets it again. */
  before: { autoreboot_on: boolean }
  /** After how many ms of waiting for the guest the machine is stopped by force; null for never. */
  forceAfter: number | null
  begunAt: number
  endedAt: number | null
  /** Why it is halted, or what it waits for: whole sentences. */
  note: string
  /** Whether it was the user who halted it. */
  stopped: boolean
  /** Whether it belongs to another tab of this browser, which advances it. */
  otherTab: boolean
  /** Whether it was dismissed: it is kept for the activity alone. */
  dismissed: boolean
}

/** The steps of a plan for this action, none of them done. */
export function stepsFor({ guided }: MachineAction): PlanStep[] {
  const roles = ['shut down', 'action', ...(guided?.startsAgain ? (['start'] as const) : [])] as const
  return roles.map((role) => ({ role, done: false, operation: null, tried: null, note: '' }))
}

/** The step that is under way or next, if one is left. */
export function stepOf({ steps }: Pick<Plan, 'steps'>): PlanStep | undefined {
  return steps.find(({ done }) => !done)
}

/** The step for whose sake the plan was made. */
export function mainStepOf({ steps }: Pick<Plan, 'steps'>): PlanStep | undefined {
  return steps.find(({ role }) => role === 'action')
}

/** How the plan's action is done as a plan. */
export function guidedOf(plan: Pick<Plan, 'action'>): Guided {
  return mainActionOf(plan).guided
}

/** The action of a step. */
export function actionOf(plan: Pick<Plan, 'action'>, { role }: Pick<PlanStep, 'role'>): MachineAction {
  if (role === 'action') return mainActionOf(plan).action
  return role === 'start' ? start : shutDown
}

/** Throws where the action is not guided: stored-plans.ts lets no such plan in. */
function mainActionOf({ action: name }: Pick<Plan, 'action'>): { action: MachineAction; guided: Guided } {
  const action = machineActionOf(name)
  if (action?.guided === undefined) throw new Error(`There is no plan for ${name}.`)
  return { action, guided: action.guided }
}

/** The action of an operation that waits for the guest, which may ignore it (`ifIgnored`); undefined for all others. */
export function waitsForGuest(operation: Pick<Operation, 'action' | 'phase'>): SimpleAction | undefined {
  const action = operation.phase === 'waiting' ? simpleActionOf(operation.action) : undefined
  return action?.ifIgnored && action
}

/** "Shut down, change, start". */
export function planTitle(plan: Pick<Plan, 'action'>): string {
  return guidedOf(plan).title
}

/** What a step does: "Change cores 1 → 2". */
export function stepLabel(plan: Pick<Plan, 'action' | 'kept' | 'before'>, { role }: PlanStep): string {
  if (role === 'shut down') return shutDown.label
  if (role === 'start') return `Start, with autoreboot_on ${yesNo(plan.before.autoreboot_on)} as before`
  return guidedOf(plan).step(plan.kept)
}

/** Where the machine is once the action is done: it may move or rename it. */
export function targetAfter(plan: Pick<Plan, 'action' | 'kept' | 'target'>): Plan['target'] {
  return { ...plan.target, ...guidedOf(plan).movesTo?.(plan.kept) }
}

/**
 * Why an action has to wait for the plan about its machine, or null: while a plan runs the machine is its own. `by` is the key of the
 * plan that asks for the action, if one does.
 */
export function planReason(
  action: Pick<MachineAction, 'blocksNothing' | 'haltsPlan'>,
  plan: Plan | undefined,
  by?: string,
): string | null {
  if (plan === undefined || plan.phase !== 'running' || plan.key === by) return null
  // A force stop is possible at any time, and halts the plan; key presses hold up nothing.
  if (action.haltsPlan || action.blocksNothing) return null
  return `“${planTitle(plan)}” is running${plan.otherTab ? ' in another tab' : ''}. Cancel it first.`
}
