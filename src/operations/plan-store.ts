import type { BoundAction } from '../actions/action.ts'
import { createEmitter } from '../lib/store.ts'
import { guidedOf, mainStepOf, stepOf, type Plan, type PlanStep } from './plan.ts'
import { planStore, usePlans } from './store.ts'

export { planStore, usePlans } from './store.ts'

export const plans = planStore.get
export const subscribePlans = planStore.subscribe

/** The plans' actions as entered, including secrets. In memory only, so a reload loses them. */
const inMemory = new Map<string, BoundAction>()
const ended = createEmitter<[Plan]>()
const haltRequested = createEmitter<[key: string, note: string]>()

/** How many dismissed plans are kept for the activity page; the oldest are dropped first. */
const MOST_DISMISSED = 50

/** Calls the listener with each plan of this tab that is done or halted. Returns a function that unsubscribes it. */
export const onPlanEnd = ended.on

/**
 * Calls the listener when this tab wants another tab's plan to halt, with the plan's key and the reason. Returns a function that
 * unsubscribes it.
 */
export const onHaltInOtherTab = haltRequested.on

/** Adds a plan, or replaces the plan with its key. Dismisses the machine's previous plan. */
export function putPlan(plan: Plan): void {
  const all = plans()
  const at = all.findIndex(({ key }) => key === plan.key)
  const next = (at === -1 ? [...all, plan] : all.with(at, plan)).map((other) =>
    other.key === plan.key || other.target.id !== plan.target.id ? other : asDismissed(other),
  )
  let excess = next.reduce((count, { dismissed }) => count + Number(dismissed), -MOST_DISMISSED)
  planStore.set(next.filter(({ dismissed }) => !dismissed || excess-- <= 0))
}

function asDismissed(plan: Plan): Plan {
  inMemory.delete(plan.key)
  return plan.dismissed ? plan : { ...plan, dismissed: true }
}

export function findPlan(key: string): Plan | undefined {
  return plans().find((plan) => plan.key === key)
}

/** The plan for the machine with this id, unless the user has dismissed it. */
export function planOn(list: readonly Plan[], id: number): Plan | undefined {
  return list.find(({ target, dismissed }) => target.id === id && !dismissed)
}

/** The plan with this key if it is running. */
export function runningPlan(key: string): Plan | undefined {
  const plan = findPlan(key)
  return plan?.phase === 'running' ? plan : undefined
}

/** Changes a plan, if it exists. */
export function updatePlan(key: string, change: Partial<Plan>): void {
  const at = plans().findIndex((plan) => plan.key === key)
  const plan = plans()[at]
  if (plan !== undefined) planStore.set(plans().with(at, { ...plan, ...change }))
}

/** Changes the current or next step of a plan. */
export function updateStep(key: string, change: Partial<PlanStep>): void {
  const plan = findPlan(key)
  const step = plan && stepOf(plan)
  if (plan === undefined || step === undefined) return
  updatePlan(key, { steps: plan.steps.with(plan.steps.indexOf(step), { ...step, ...change }) })
}

/**
 * Halts a running plan: nothing more is sent, but the plan's current operation is still watched. A plan of another tab is halted by that
 * tab, and counts as running until that tab reports otherwise.
 */
export function haltPlan(key: string, note: string, stopped = false): void {
  const plan = runningPlan(key)
  if (plan === undefined) return
  if (plan.otherTab) haltRequested.emit(key, note)
  else end(key, { phase: 'halted', note, stopped })
}

/** Marks a running plan as done. Its steps are all done. */
export function finishPlan(key: string): void {
  inMemory.delete(key)
  if (runningPlan(key) !== undefined) end(key, { phase: 'done', note: '' })
}

/** Dismisses a plan that isn't running. */
export function dismissPlan(key: string): void {
  const plan = findPlan(key)
  if (plan !== undefined && plan.phase !== 'running') updatePlan(key, asDismissed(plan))
}

/** Drops every plan and its secrets, because they belong to the user who was signed in before. */
export function clearPlans(): void {
  inMemory.clear()
  planStore.set([])
}

/** Keeps a plan's action, including secrets, in memory. */
export function keepInMemory(key: string, bound: BoundAction): void {
  inMemory.set(key, bound)
  // Re-renders components that show whether a secret is missing.
  updatePlan(key, {})
}

/** A plan's action, as entered or from its stored form. Null if a reload has lost one of its secrets. */
export function boundActionFor(plan: Plan): BoundAction | null {
  return inMemory.get(plan.key) ?? guidedOf(plan).restore(plan.kept)
}

/** True if a plan can't finish until a secret is re-entered. */
export function lacksSecret(plan: Plan): boolean {
  return mainStepOf(plan)?.done === false && boundActionFor(plan) === null
}

/** The plan for the machine with this id, unless the user has dismissed it. Re-renders only when that plan changes. */
export function usePlanOn(id: number): Plan | undefined {
  return usePlans((all) => planOn(all, id))
}

function end(key: string, change: Partial<Plan>): void {
  updatePlan(key, { ...change, endedAt: Date.now() })
  const plan = findPlan(key)
  if (plan !== undefined) ended.emit(plan)
}
