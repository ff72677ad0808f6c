import { externalStore } from '../../lib/external-store.ts'
import type { ImageInstall } from '../../actions/lifecycle.ts'
import { stepOf, type Plan, type PlanStep } from './plan.ts'

/** What is written as it was typed, secrets included: in memory alone, and gone with a reload. */
export interface Held {
  patch?: Readonly<Record<string, unknown>>
  image?: ImageInstall
}

const store = externalStore<readonly Plan[]>([])
const held = new Map<string, Held>()
const endListeners = new Set<(plan: Plan) => void>()
const wishListeners = new Set<(key: string, note: string) => void>()

/** As many plans that were put away are held, for the activity; the oldest go first. */
const KEPT_PLANS = 50

/** Every plan, of this tab and of the others, oldest first: one a machine, and those that were put away. */
export const plans = store.get

/** Calls the listener after each change; returns the function that ends it. */
export const subscribePlans = store.subscribe

/** Calls the listener with each plan that is done or halted; returns the function that ends it. */
export function onPlanEnd(listener: (plan: Plan) => void): () => void {
  endListeners.add(listener)
  return () => endListeners.delete(listener)
}

/** Calls the listener where another tab's plan is to be halted: with its key, and why. Returns the function that ends it. */
export function onHaltWish(listener: (key: string, note: string) => void): () => void {
  wishListeners.add(listener)
  return () => wishListeners.delete(listener)
}

/** Adds a plan, or replaces the one with its key. The machine's last one is put away for it. */
export function putPlan(plan: Plan): void {
  const all = store.get()
  const at = all.findIndex(({ key }) => key === plan.key)
  const next = (at === -1 ? [...all, plan] : all.with(at, plan)).map((other) =>
    other.key === plan.key || other.target.id !== plan.target.id ? other : putAway(other),
  )
  let surplus = next.reduce((count, { dismissed }) => count + Number(dismissed), -KEPT_PLANS)
  store.set(next.filter(({ dismissed }) => !dismissed || surplus-- <= 0))
}

function putAway(plan: Plan): Plan {
  held.delete(plan.key)
  return plan.dismissed ? plan : { ...plan, dismissed: true }
}

/** The plan with this key. */
export function findPlan(key: string): Plan | undefined {
  return store.get().find((plan) => plan.key === key)
}

/** The plan about the machine with this id, running or not, but not put away. */
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

/**
 * Halts a running plan, and tells the listeners: what is running is watched on, nothing more is sent. Another tab's is halted
 * there, and counts as running until that tab says so.
 */
export function haltPlan(key: string, note: string, stopped = false): void {
  const plan = runningPlan(key)
  if (plan === undefined) return
  if (plan.otherTab) for (const wish of wishListeners) wish(key, note)
  else end(key, { phase: 'halted', note, stopped })
}

/** Ends a running plan, all of whose steps were seen to be done. */
export function finishPlan(key: string): void {
  held.delete(key)
  if (runningPlan(key) !== undefined) end(key, { phase: 'done', note: '' })
}

/** Puts a plan away that does not run. */
export function dismissPlan(key: string): void {
  const plan = findPlan(key)
  if (plan !== undefined && plan.phase !== 'running') updatePlan(key, putAway(plan))
}

/** Takes another tab's plan away: it is there no more. */
export function removeOtherTabsPlan(key: string): void {
  store.set(store.get().filter((plan) => plan.key !== key || !plan.otherTab))
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
