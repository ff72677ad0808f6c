import type { ObservedChange } from '../../operations/observed/change.ts'
import type { Operation } from '../../operations/operation.ts'
import { standingOf, type Standing } from './outcomes.ts'

/** What the activity can be narrowed to: how operations stand, or what was seen to come from elsewhere. */
export type Kind = Standing | 'seen'

/** One line of the activity: an operation, or a change that was seen. */
export type Moment =
  | { kind: Standing; at: number; operation: Operation }
  | { kind: 'seen'; at: number; change: ObservedChange }

/** Takes the operations and the changes that were seen, and returns all, newest first, by when they began or were seen. */
export function timelineOf(operations: readonly Operation[], changes: readonly ObservedChange[]): Moment[] {
  const own = operations.map((operation): Moment => ({
    kind: standingOf(operation),
    at: operation.begunAt,
    operation,
  }))
  const seen = changes.map((change): Moment => ({ kind: 'seen', at: change.before_ms, change }))
  // Of the same time, what was added later comes first.
  return [...own, ...seen].toReversed().toSorted((a, b) => b.at - a.at)
}
