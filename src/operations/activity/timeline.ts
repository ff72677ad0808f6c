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

/** A filter of the activity: a status, or changes made elsewhere. */
type Kind = Status | 'seen'

/** A facet of the activity. Queued entries count as running, as in the header and the sidebar. */
export type Facet = Exclude<Kind, 'queued'> | 'all'

/** The facets to offer, with counts. Those that an operator looks for are always there, so that none moves under the pointer. */
export function facetsOf(
  entries: readonly Pick<ActivityEntry, 'kind'>[],
  chosen: Facet,
): { value: Facet; label: string; count: number }[] {
  const all: [Facet, string][] = [
    ['all', 'All'],
    ...(['running', 'done', 'refused', 'unclear'] as const).map((status): [Facet, string] => [
      status,
      STATUSES[status].label,
    ]),
    ['seen', 'Elsewhere'],
    ...(['superseded', 'cancelled', 'no longer watching'] as const).map((status): [Facet, string] => [
      status,
      STATUSES[status].label,
    ]),
  ]
  return all.flatMap(([value, label], at) => {
    const count = entries.filter((entry) => isIn(entry, value)).length
    return at <= ALWAYS || count > 0 || value === chosen ? [{ value, label, count }] : []
  })
}

/** The position of the last facet that is always offered. */
const ALWAYS = 5

export function isIn({ kind }: Pick<ActivityEntry, 'kind'>, facet: Facet): boolean {
  return facet === 'all' || (kind === 'queued' ? 'running' : kind) === facet
}

/** The facet that the URL's text names; all if it names none. */
export function facetNamed(text: string | null): Facet {
  if (text === 'queued') return 'running'
  return text === 'seen' || isStatus(text) ? (text as Facet) : 'all'
}

function isStatus(text: string | null): text is Status {
  return text !== null && Object.hasOwn(STATUSES, text)
}

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
