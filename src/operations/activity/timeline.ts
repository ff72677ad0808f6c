import type { Operation } from '../operation.ts'
import { usePlans } from '../plan-store.ts'
import { stepOf, type Plan } from '../plan.ts'
import { isPlanRunning } from '../running.ts'
import { useOperations } from '../store.ts'
import type { ChangeElsewhere } from './changes-elsewhere/change.ts'
import { useChangesElsewhere } from './changes-elsewhere/store.ts'

/** The outcome of an operation that has ended; otherwise `queued` or `running`. */
export type Status = NonNullable<Operation['outcome']> | 'queued' | 'running'

/** Each status with its label and its colour (`tone`). The filter lists them in this order. */
export const STATUSES: Record<Status, { label: string; tone: 'info' | 'ok' | 'warn' | 'danger' | 'quiet' }> =
  {
    queued: { label: 'Queued', tone: 'quiet' },
    running: { label: 'Running', tone: 'info' },
    done: { label: 'Done', tone: 'ok' },
    refused: { label: 'Refused', tone: 'danger' },
    unclear: { label: 'Unclear', tone: 'warn' },
    superseded: { label: 'Superseded', tone: 'warn' },
    cancelled: { label: 'Cancelled', tone: 'quiet' },
    'no longer watching': { label: 'No longer watching', tone: 'quiet' },
  }

export function statusOf({ outcome, phase }: Pick<Operation, 'outcome' | 'phase'>): Status {
  return outcome ?? (phase === 'queued' ? 'queued' : 'running')
}

/** A halted plan has the status of its last step, or refused if nothing was sent for that step. */
export function planStatusOf(
  { phase, stopped, steps }: Pick<Plan, 'phase' | 'stopped' | 'steps'>,
  operations: readonly Operation[],
): Status {
  if (isPlanRunning({ phase }, operations)) return 'running'
  if (phase === 'done') return 'done'
  return stopped ? 'no longer watching' : (stepOf({ steps })?.tried ?? 'refused')
}

/** The status that the URL's text names; null if the text names none, which shows all. */
export function statusNamed(text: string | null): Status | null {
  return isStatus(text) ? text : null
}

function isStatus(text: string | null): text is Status {
  return text !== null && Object.hasOwn(STATUSES, text)
}

/** A filter of the activity: a status, or changes made elsewhere. */
export type Kind = Status | 'seen'

/** An entry of the activity: an operation, a plan with its operations, or a change made elsewhere. */
export type ActivityEntry =
  | { kind: Status; at: number; operation: Operation }
  | { kind: Status; at: number; plan: Plan; operations: readonly Operation[] }
  | { kind: 'seen'; at: number; change: ChangeElsewhere }

/** The activity of this session, newest first. */
export function useTimeline(): ActivityEntry[] {
  return timelineOf(useOperations(), useChangesElsewhere(), usePlans())
}

/** All entries, sorted by when they began or were noticed, newest first. A plan's entry holds the plan's operations, oldest first. */
export function timelineOf(
  operations: readonly Operation[],
  changes: readonly ChangeElsewhere[],
  plans: readonly Plan[],
): ActivityEntry[] {
  const known = new Set<string | undefined>(plans.map(({ key }) => key))
  const own = operations
    .filter(({ plan }) => !known.has(plan))
    .map((operation): ActivityEntry => ({ kind: statusOf(operation), at: operation.begunAt, operation }))
  const planned = plans.map((plan): ActivityEntry => {
    const within = operations.filter((operation) => operation.plan === plan.key)
    return { kind: planStatusOf(plan, within), at: plan.begunAt, plan, operations: within }
  })
  const seen = changes.map((change): ActivityEntry => ({ kind: 'seen', at: change.before_ms, change }))
  // Of two entries with the same time, the one added later comes first.
  return [...planned, ...own, ...seen].toReversed().toSorted((a, b) => b.at - a.at)
}
