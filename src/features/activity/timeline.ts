import type { ObservedChange } from '../../operations/activity/change.ts'
import type { Operation } from '../../operations/operation.ts'
import type { Plan } from '../../operations/plans/plan.ts'
import { planStandingOf, standingOf, type Standing } from './outcomes.ts'

/** What the activity can be narrowed to: how operations stand, or what was seen to come from elsewhere. */
export type Kind = Standing | 'seen'

/** One line of the activity: an operation, a plan with the operations done for it, or a change that was seen. */
export type Moment =
  | { kind: Standing; at: number; operation: Operation }
  | { kind: Standing; at: number; plan: Plan; operations: readonly Operation[] }
  | { kind: 'seen'; at: number; change: ObservedChange }

/**
 * Takes the operations, the changes that were seen and the plans, and returns all, newest first, by when they began or were seen.
 * The operations of a plan that is known stand under it, the first one first.
 */
export function timelineOf(
  operations: readonly Operation[],
  changes: readonly ObservedChange[],
  plans: readonly Plan[],
): Moment[] {
  const known = new Set<string | undefined>(plans.map(({ key }) => key))
  const own = operations
    .filter(({ plan }) => !known.has(plan))
    .map((operation): Moment => ({ kind: standingOf(operation), at: operation.begunAt, operation }))
  const planned = plans.map((plan): Moment => ({
    kind: planStandingOf(plan),
    at: plan.begunAt,
    plan,
    operations: operations.filter((operation) => operation.plan === plan.key),
  }))
  const seen = changes.map((change): Moment => ({ kind: 'seen', at: change.before_ms, change }))
  // Of the same time, what was added later comes first.
  return [...planned, ...own, ...seen].toReversed().toSorted((a, b) => b.at - a.at)
}
