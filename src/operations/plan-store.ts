import type { BoundAction } from '../actions/action.ts'
import { createEmitter, createStore } from '../lib/store.ts'
import { guidedOf, mainStepOf, stepOf, type Plan, type PlanStep } from './plan.ts'

/**
 * Every plan, of this tab and of the others, oldest first: one a machine, and those that were dismissed. stored-plans.ts keeps them
 * over a reload and shows them in other tabs.
 */
export const planStore = createStore<readonly Plan[]>([])

export const plans = planStore.get
export const subscribePlans = planStore.subscribe
/** Every plan, or what is selected of them. */
export const usePlans = planStore.use

/** The actions of plans as they were entered, secrets included: in memory only, and gone with a reload. */
const inMemory = new Map<string, BoundAction>()
const ended = createEmitter<[Plan]>()
const haltAsked = createEmitter<[key: string, note: string]>()

/** As many dismissed plans are kept, for the activity; the oldest go first. */
const KEPT_PLANS = 50

/** Calls the listener with each plan of this tab that is done or halted; returns the function that ends it. */
export const onPlanEnd = ended.on

/** Calls the listener where another tab's plan is to be halted: with its key, and why. Returns the function that ends it. */
export const onHaltInOtherTab = haltAsked.on

/** Adds a plan, or replaces the one with its key. The machine's last one is dismissed for it. */
export function putPlan(plan: Plan): void {
  const all = plans()
  const at = all.findIndex(({ key }) => key === plan.key)
  const next = (at === -1 ? [...all, plan] : all.with(at, plan)).map((other) =>
    other.key === plan.key || other.target.id !== plan.target.id ? other : asDismissed(other),
  )
  let surplus = next.reduce((count, { dismissed }) => count + Number(dismissed), -KEPT_PLANS)
  planStore.set(next.filter(({ dismissed }) => !dismissed || surplus-- <= 0))
}

function asDismissed(plan: Plan): Plan {
  inMemory.delete(plan.key)
  return plan.dismissed ? plan : { ...plan, dismissed: true }
}

/** The plan with this key. */
export function findPlan(key: string): Plan | undefined {
  return plans().find((plan) => plan.key === key)
}

/** The plan about the machine with this id, running or not, but not dismissed. */
export function planOn(list: readonly Plan[], id: number): Plan | undefined {
  return list.find(({ target, dismissed }) => target.id === id && !dismissed)
}

/** The plan with this key if it runs. */
export function runningPlan(key: string): Plan | undefined {
  const plan = findPlan(key)
  return plan?.phase === 'running' ? plan : undefined
}

/** Changes a plan, if it is there. */
export function updatePlan(key: string, change: Partial<Plan>): void {
  const at = plans().findIndex((plan) => plan.key === key)
  const plan = plans()[at]
  if (plan !== undefined) planStore.set(plans().with(at, { ...plan, ...change }))
}

/** Changes the step of a plan that is under way or next. */
export function updateStep(key: string, change: Partial<PlanStep>): void {
  const plan = findPlan(key)
  const step = plan && stepOf(plan)
  if (plan === undefined || step === undefined) return
  updatePlan(key, { steps: plan.steps.with(plan.steps.indexOf(step), { ...step, ...change }) })
}

/**
 * Halts a running plan: nothing more is sent, and an operation under way is watched on. Another tab's plan is halted there, and
 * counts as running until that tab says so.
 */
export function haltPlan(key: string, note: string, stopped = false): void {
  const plan = runningPlan(key)
  if (plan === undefined) return
  if (plan.otherTab) haltAsked.emit(key, note)
  else end(key, { phase: 'halted', note, stopped })
}

/** Ends a running plan, all of whose steps were seen to be done. */
export function finishPlan(key: string): void {
  inMemory.delete(key)
  if (runningPlan(key) !== undefined) end(key, { phase: 'done', note: '' })
}

/** Dismisses a plan that does not run. */
export function dismissPlan(key: string): void {
  const plan = findPlan(key)
  if (plan !== undefined && plan.phase !== 'running') updatePlan(key, asDismissed(plan))
}

/** Drops every plan and what was kept in memory for it: after signing out they are another user's. */
export function clearPlans(): void {
  inMemory.clear()
  planStore.set([])
}

/** Keeps the action of a plan, secrets included, for as long as this page lives. */
export function keepInMemory(key: string, bound: BoundAction): void {
  inMemory.set(key, bound)
  // Components that show what is missing render again.
  updatePlan(key, {})
}

/** The action of a plan, as it was entered or as it was kept; null where a secret of it is missing since a reload. */
export function boundActionFor(plan: Plan): BoundAction | null {
  return inMemory.get(plan.key) ?? guidedOf(plan).restore(plan.kept)
}

/** Whether a plan cannot go on to its end before a secret is re-entered. */
export function lacksSecret(plan: Plan): boolean {
  return mainStepOf(plan)?.done === false && boundActionFor(plan) === null
}

/** The plan about the machine with this id, running or not yet dismissed. Re-renders for that machine's changes only. */
export function usePlanOn(id: number): Plan | undefined {
  return usePlans((all) => planOn(all, id))
}

function end(key: string, change: Partial<Plan>): void {
  updatePlan(key, { ...change, endedAt: Date.now() })
  const plan = findPlan(key)
  if (plan !== undefined) ended.emit(plan)
}
