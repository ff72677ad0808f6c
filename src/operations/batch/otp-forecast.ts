import { nameOf, type ActionName, type SimpleActionName } from '../../actions/index.ts'
import { pressesIn } from '../../actions/keys.ts'
import type { Operation } from '../operation.ts'
import { plans } from '../plan-store.ts'
import { actionOf, type Plan, type PlanStep } from '../plan.ts'
import { operations } from '../store.ts'
import { batches, isQueued, tally, type Batch, type BatchItem } from './batch.ts'
import { createBatches, type CreateBatch } from './create-batches.ts'

// How many of the queued items, plan steps or key presses would be sent after the one-time password has expired, from the time that earlier
// ones took.

/** When an item was begun and when it ended, in ms since 1970. */
interface Turn {
  begunAt?: number | null | undefined
  endedAt?: number | null | undefined
}

interface Queue {
  queued: number
  /** How many may run in parallel. */
  atOnce: number
  running: readonly Turn[]
  /** How long an item takes, in ms. */
  took: number
}

/** Only the latest are measured, because BigV may be slower or faster than an hour ago. */
const MEASURED = 50

/**
 * The median time that the latest items took, in ms; null if there are none. Unlike a mean, it hardly changes if one item waited for the
 * user.
 */
export function usualTime(turns: readonly Turn[]): number | null {
  const times = turns
    .slice(-MEASURED)
    .flatMap(({ begunAt, endedAt }) =>
      typeof begunAt === 'number' && typeof endedAt === 'number' && endedAt >= begunAt
        ? [endedAt - begunAt]
        : [],
    )
    .toSorted((a, b) => a - b)
  return times[Math.floor(times.length / 2)] ?? null
}

/** How many of the queued items begin at `end` or later, if the others begin as soon as they may from now on. */
export function countAfter(end: number, now: number, { queued, atOnce, running, took }: Queue): number {
  const ends = running.map(({ begunAt }) => Math.max(now, (begunAt ?? now) + took))
  const idle = Array<number>(Math.max(0, atOnce - ends.length)).fill(now)
  // If the user has lowered `atOnce`, only the running items that end last make room for queued ones.
  const free = [...idle, ...ends.toSorted((a, b) => a - b)].slice(-atOnce)
  const inTime = free.map((at) => (at < end ? Math.ceil((end - at) / Math.max(1, took)) : 0))
  return Math.max(0, queued - inTime.reduce((sum, each) => sum + each, 0))
}

/** How many of `count` machines a new bulk run would send to at `end` or later; null if the action's pace isn't known yet. */
export function bulkAfter(
  action: SimpleActionName,
  { count, atOnce }: { count: number; atOnce: number },
  end: number,
  now: number,
): number | null {
  const took = usualTime(turnsOf(action))
  return took === null ? null : countAfter(end, now, { queued: count, atOnce, running: [], took })
}

/** How many of a batch's queued machines will be sent to at `end` or later; null if the pace isn't known yet. */
export function batchAfter({ action, items, atOnce }: Batch, end: number, now: number): number | null {
  const took = usualTime(turnsOf(action))
  if (took === null) return null
  const running = items.filter((item) => item.phase === 'begun' && !item.overdue && !isQueued(item))
  return countAfter(end, now, { queued: tally(items).queued, atOnce, running, took })
}

/** How many of `count` new machines would be requested at `end` or later, one by one; null if the pace isn't known yet. */
export function createAfter(count: number, end: number, now: number): number | null {
  const took = usualTime(createTurns())
  return took === null ? null : countAfter(end, now, { queued: count, atOnce: 1, running: [], took })
}

/** How many of a batch's queued machines will be requested at `end` or later; null if the pace isn't known yet. */
export function createBatchAfter({ items }: CreateBatch, end: number, now: number): number | null {
  const took = usualTime(createTurns())
  if (took === null) return null
  const running = items.filter(({ is }) => is === 'sending')
  const queued = items.filter(({ is }) => is === 'queued').length
  return countAfter(end, now, { queued, atOnce: 1, running, took })
}

/**
 * How many of a plan's steps will be sent at `end` or later, if each takes as long as it usually does; null if a step's pace isn't known
 * yet. A forced shutdown takes at most the plan's wait.
 */
export function planAfter(plan: StepsLeft, end: number, now: number): number | null {
  const left = plan.steps.filter(({ done }) => !done)
  let at = now
  for (const [index, step] of left.entries()) {
    const sentAt = sentAtOf(step)
    if (sentAt === null && at >= end) return left.length - index
    const took = stepTime(plan, step)
    // The last step delays nothing.
    if (took === null && index < left.length - 1) return null
    at = Math.max(at, (sentAt ?? at) + (took ?? 0))
  }
  return 0
}

/** How many of `count` new key presses would be sent at `end` or later. Before the first answer, only the chosen pace is known. */
export function newPressesAfter(count: number, everyMs: number, end: number, now: number): number {
  const took = Math.max(everyMs, pressTime(operations()) ?? 0)
  return countAfter(end, now, { queued: count, atOnce: 1, running: [], took })
}

/** How many of an operation's key presses will be sent at `end` or later. */
export function pressesAfter(operation: Operation, end: number, now: number): number {
  const { sent, of } = pressesIn(operation) ?? { sent: 0, of: 0 }
  const everyMs = Number(operation.expects?.['everyMs'] ?? 0)
  const took = Math.max(everyMs, pressTime([operation]) ?? 0)
  return countAfter(end, now, { queued: of - sent, atOnce: 1, running: [], took })
}

/** How many queued items, steps and presses of this tab will be sent at `end` or later, as far as their pace is known. */
export function allAfter(end: number, now: number): number {
  const counts = [
    ...plans().flatMap((each) =>
      each.phase === 'running' && !each.otherTab ? [planAfter(each, end, now)] : [],
    ),
    ...operations().flatMap((each) => (isSending(each) ? [pressesAfter(each, end, now)] : [])),
    ...batches.get().flatMap((each) => (each.state === 'running' ? [batchAfter(each, end, now)] : [])),
    ...createBatches
      .get()
      .flatMap((each) => (each.state === 'running' ? [createBatchAfter(each, end, now)] : [])),
  ]
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

/** The items of all batches of this action that were sent and have ended, oldest batch first. */
function turnsOf(action: SimpleActionName): BatchItem[] {
  return batches
    .get()
    .filter((each) => each.action === action)
    .flatMap(({ items }) => items.filter(({ result }) => result !== null && !UNSENT.has(result)))
}

const UNSENT = new Set<BatchItem['result']>(['skipped', 'not sent'])

function createTurns(): Turn[] {
  return createBatches.get().flatMap(({ items }) => items.filter(({ is }) => SENT.has(is)))
}

const SENT = new Set<CreateBatch['items'][number]['is']>(['begun', 'refused', 'unclear'])

type StepsLeft = Pick<Plan, 'action' | 'steps' | 'forceAfter'>

/** When a step's request was sent; null if it wasn't. */
function sentAtOf({ operation: key }: PlanStep): number | null {
  const operation = operations().find((each) => each.key === key)
  return operation === undefined || operation.steps.length === 0 ? null : operation.begunAt
}

function stepTime(plan: StepsLeft, step: PlanStep): number | null {
  const usual = usualTime(doneBy(nameOf(actionOf(plan, step))))
  const most = step.role === 'shut down' ? plan.forceAfter : null
  return usual === null || most === null ? usual : Math.min(usual, most)
}

function doneBy(action: ActionName): Operation[] {
  return operations().filter((each) => each.action === action && each.outcome === 'done')
}

/** How long BigV usually takes to answer a key press, in ms; null if there are no answers. */
function pressTime(list: readonly Operation[]): number | null {
  const answered = list
    .flatMap(({ action, steps }) => (action === 'send_keys' ? steps : []))
    .flatMap(({ trace, times = 0 }) =>
      trace !== null && times > 0 ? [{ begunAt: 0, endedAt: trace.duration / times }] : [],
    )
  return usualTime(answered)
}

function isSending(operation: Operation): boolean {
  return operation.phase !== 'ended' && !operation.otherTab && pressesIn(operation) !== null
}
