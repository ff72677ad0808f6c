import { externalStore } from '../../lib/external-store.ts'
import type { ImageInstall } from '../requests.ts'
import { stepOf, type Plan, type PlanStep } from './plan.ts'

/** What is written as it was typed, secrets included: in memory alone, and gone with a reload. */
export interface Held {
  patch?: Readonly<Record<string, unknown>>
  image?: ImageInstall
}

const store = externalStore<readonly Plan[]>([])
const held = new Map<string, Held>()
const endListeners = new Set<(plan: Plan) => void>()

/** Every plan of this tab that runs, or that the user has not dismissed. One a machine. */
export const plans = store.get

/** Calls the listener after each change; returns the function that ends it. */
export const subscribePlans = store.subscribe

/** Calls the listener with each plan that is done or halted; returns the function that ends it. */
export function onPlanEnd(listener: (plan: Plan) => void): () => void {
  endListeners.add(listener)
  return () => endListeners.delete(listener)
}

/** Adds a plan in place of the machine's last one. */
export function putPlan(plan: Plan): void {
  const others = store.get().filter(({ target }) => target.id !== plan.target.id)
  for (const key of held.keys()) {
    if (key !== plan.key && !others.some((other) => other.key === key)) held.delete(key)
  }
  store.set([...others, plan])
}

/** The plan with this key. */
export function findPlan(key: string): Plan | undefined {
  return store.get().find((plan) => plan.key === key)
}

/** The plan about the machine with this id, running or not. */
export function planOn(list: readonly Plan[], id: number): Plan | undefined {
  return list.find(({ target }) => target.id === id)
}

/** The plan with this key if it runs. */
export function runningPlan(key: string): Plan | undefined {
  const plan = findPlan(key)
  return plan?.phase === 'running' ? plan : undefined
}

/** Changes a plan, if it is there. */
export function updatePlan(key: string, change: Partial<Plan>): void {
  const at = store.get().findIndex((plan) => plan.key === key)
  const plan = store.get()[at]
  if (plan !== undefined) store.set(store.get().with(at, { ...plan, ...change }))
}

/** Changes the step of a plan that is under way or next. */
export function updateStep(key: string, change: Partial<PlanStep>): void {
  const plan = findPlan(key)
  const step = plan && stepOf(plan)
  if (plan === undefined || step === undefined) return
  updatePlan(key, { steps: plan.steps.with(plan.steps.indexOf(step), { ...step, ...change }) })
}

/** Halts a running plan, and tells the listeners: what is in flight is watched on, nothing more is sent. */
export function haltPlan(key: string, note: string, stopped = false): void {
  if (runningPlan(key) === undefined) return
  end(key, { phase: 'halted', note, stopped })
}

/** Ends a running plan, all of whose steps were seen to be done. */
export function finishPlan(key: string): void {
  held.delete(key)
  if (runningPlan(key) !== undefined) end(key, { phase: 'done', note: '' })
}

/** Takes a plan away that does not run. */
export function dismissPlan(key: string): void {
  if (runningPlan(key) !== undefined) return
  held.delete(key)
  store.set(store.get().filter((plan) => plan.key !== key))
}

/** Drops every plan, with what was held for it: another user's, after signing out. */
export function clearPlans(): void {
  held.clear()
  store.set([])
}

/** Holds what a plan will write, as it was typed, for as long as this page lives. */
export function hold(key: string, what: Held): void {
  held.set(key, what)
  // Those that show what is missing look again.
  updatePlan(key, {})
}

/** What is held for a plan. */
export function heldFor(key: string): Held {
  return held.get(key) ?? {}
}

function end(key: string, change: Partial<Plan>): void {
  updatePlan(key, { ...change, endedAt: Date.now() })
  const plan = findPlan(key)
  if (plan !== undefined) for (const listener of endListeners) listener(plan)
}
