import type { Guided, MachineAction, SimpleAction } from '../actions/action.ts'
import { machineActionOf, simpleActionOf, type ActionName } from '../actions/index.ts'
import type { Expectations } from '../actions/observation.ts'
import { shutDown, start } from '../actions/power.ts'
import { onOff } from '../lib/text.ts'
import type { Operation, Outcome, Target } from './operation.ts'

/** A step of a plan: one operation, ticked once it is done. */
export interface PlanStep {
  /** The shutdown before the main action, the main action, or the start afterwards. */
  role: 'shut down' | 'action' | 'start'
  done: boolean
  /** The key of the step's last operation, until that operation's end has been handled. */
  operation: string | null
  /** How the step's last operation ended, if the step isn't done. */
  tried: Exclude<Outcome, 'done'> | null
  /** A remark on how the step was done. */
  note: string
}

/**
 * A visible sequence of operations on a running machine, which is shut down, changed in a way that is only possible while off, and possibly
 * started again. Plans can be stored, because plan-store.ts keeps their secrets (a root password, keys, a first-boot script, the
 * user:password of a URL) in memory.
 */
export interface Plan {
  key: string
  /** The name of the plan's main action, which has `guided`. */
  action: ActionName
  /** The main action's params, as `guided.serialize` returns them. */
  kept: Expectations
  target: Target & { id: number }
  username: string
  /** A `halted` plan continues only when the user resumes it. */
  phase: 'running' | 'halted' | 'done'
  steps: readonly PlanStep[]
  /** The machine's value before the plan; the start step sets it again. */
  before: { autoreboot_on: boolean }
  /** After how many ms of waiting for the guest the machine is force stopped; null for never. */
  forceAfter: number | null
  begunAt: number
  endedAt: number | null
  /** Why the plan is halted, or what it waits for, in whole sentences. */
  note: string
  /** True if the user halted the plan. */
  stopped: boolean
  /** True if the plan belongs to another tab of this browser, which advances it. */
  otherTab: boolean
  /** True if the user has dismissed the plan, which is then only kept for the activity page. */
  dismissed: boolean
}

/** The steps of a plan for this action, before any is done. */
export function stepsFor({ guided }: MachineAction): PlanStep[] {
  const roles = ['shut down', 'action', ...(guided?.startsAgain ? (['start'] as const) : [])] as const
  return roles.map((role) => ({ role, done: false, operation: null, tried: null, note: '' }))
}

/** The current or next step; undefined if all are done. */
export function stepOf({ steps }: Pick<Plan, 'steps'>): PlanStep | undefined {
  return steps.find(({ done }) => !done)
}

/** The step of the main action. */
export function mainStepOf({ steps }: Pick<Plan, 'steps'>): PlanStep | undefined {
  return steps.find(({ role }) => role === 'action')
}

/** The main action's fields for plans. */
export function guidedOf(plan: Pick<Plan, 'action'>): Guided {
  return mainActionOf(plan).guided
}

export function actionOf(plan: Pick<Plan, 'action'>, { role }: Pick<PlanStep, 'role'>): MachineAction {
  if (role === 'action') return mainActionOf(plan).action
  return role === 'start' ? start : shutDown
}

/** Throws if the action has no `guided`. stored-plans.ts drops stored plans with such an action. */
function mainActionOf({ action: name }: Pick<Plan, 'action'>): { action: MachineAction; guided: Guided } {
  const action = machineActionOf(name)
  if (action?.guided === undefined) throw new Error(`${name} can’t be planned.`)
  return { action, guided: action.guided }
}

/** The action of an operation that waits for the guest, which may ignore it (`ifIgnored`). Undefined for any other operation. */
export function waitsForGuest(operation: Pick<Operation, 'action' | 'phase'>): SimpleAction | undefined {
  const action = operation.phase === 'waiting' ? simpleActionOf(operation.action) : undefined
  return action?.ifIgnored && action
}

/** "Shut down, change, start". */
export function planTitle(plan: Pick<Plan, 'action'>): string {
  return guidedOf(plan).title
}

/** A step in words: "Change cores 1 → 2". */
export function stepLabel(plan: Pick<Plan, 'action' | 'kept' | 'before'>, { role }: PlanStep): string {
  if (role === 'shut down') return shutDown.label
  if (role === 'start') return `Start, with automatic restart ${onOff(plan.before.autoreboot_on)} as before`
  return guidedOf(plan).step(plan.kept)
}

/** The machine's name and group after the main action, which may change both. */
export function targetAfter(plan: Pick<Plan, 'action' | 'kept' | 'target'>): Plan['target'] {
  return { ...plan.target, ...guidedOf(plan).movesTo?.(plan.kept) }
}

/**
 * Why an action has to wait for the machine's plan, or null. A running plan blocks its machine.
 * @param by the key of the plan that wants to do the action, if any
 */
export function planReason(
  action: Pick<MachineAction, 'blocksNothing' | 'haltsPlan'>,
  plan: Plan | undefined,
  by?: string,
): string | null {
  if (plan === undefined || plan.phase !== 'running' || plan.key === by) return null
  // A force stop is always possible, and halts the plan. Key presses block nothing, so they are allowed, too.
  if (action.haltsPlan || action.blocksNothing) return null
  return `“${planTitle(plan)}” is running${plan.otherTab ? ' in another tab' : ''}. Cancel it first.`
}
