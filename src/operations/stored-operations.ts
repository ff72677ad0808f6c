import { actions, isActionName, type ActionName } from '../actions/index.ts'
import { pressesIn } from '../actions/keys.ts'
import { currentUser, persisted } from '../lib/persisted.ts'
import { validEntries, z, type Schema } from '../lib/schema.ts'
import { shared } from '../lib/shared.ts'
import type { Operation } from './operation.ts'
import { doneSoFar } from './send.ts'
import { endOperation, operations, operationStore, putOperation } from './store.ts'

const KEY = 'bigv.operations'
/**
 * Up to this many operations are stored at each change. In a batch, a hundred operations change a hundred times a second, so they are
 * stored together.
 */
const FEW = 20
const WRITE_AFTER_MS = 200

/**
 * Stores the operations over a reload of the page, in sessionStorage, for the user who began them. Steps hold no secrets. After a reload,
 * once that user is signed in, waiting operations are watched again. Operations that were sending are unclear. Call once, at the start,
 * when the session is known.
 */
export function keepOperations(): void {
  // Runs before the store loads the next user's operations.
  currentUser.subscribe((now) => now !== undefined && endDropped())
  persisted(operationStore, {
    key: KEY,
    where: 'tab',
    schema: z.pipe(
      validEntries(operationSchema),
      z.transform((list) => list.filter(isOwn).map(afterReload)),
    ),
    save: (list) => list.filter(({ otherTab }) => !otherTab),
    writeAfterMs: ({ length }) => (length <= FEW ? 0 : WRITE_AFTER_MS),
  })
}

/**
 * Shows this tab's running operations in the user's other tabs, and their operations here. The tab that began an operation watches it. Call
 * once, at the start.
 */
export function shareOperations(): void {
  shared(operationStore, {
    channel: KEY,
    isRunning: ({ phase }) => phase !== 'ended',
    put(theirs) {
      const { success, data } = operationSchema.safeParse(theirs)
      if (success) putOperation(data)
    },
  })
}

// Before they are dropped, operations that are queued, or wait for their user to sign in again, end with a note.
function endDropped(): void {
  for (const { key, phase, otherTab } of operations()) {
    if (!otherTab && (phase === 'queued' || phase === 'signing in' || phase === 'asking')) {
      endOperation(key, 'refused', 'Another user signed in, so the request was cancelled.')
    }
  }
}

// An operation that had sent nothing is dropped if it belongs to a plan or batch, which begins it again.
const isOwn = ({ username, phase, steps, plan, batch }: Operation) =>
  username === currentUser.get() &&
  phase !== 'checking' &&
  (phase !== 'queued' || steps.length > 0 || (plan === undefined && batch === undefined))

function afterReload(operation: Operation): Operation {
  const { phase } = operation
  if (phase === 'waiting' || phase === 'ended') return operation
  const unclear = operation.steps.some(({ trace }) => trace === null)
  const stays = doneSoFar(operation, unclear)
  const ended = { ...operation, phase: 'ended' as const, endedAt: Date.now() }
  if (pressesIn(operation) !== null) {
    const outcome = unclear ? 'unclear' : 'no longer watching'
    return { ...ended, outcome, note: `The page was reloaded.${stays}` }
  }
  if (phase === 'queued' && operation.steps.length === 0) {
    return { ...ended, outcome: 'cancelled', note: 'The page was reloaded before this was sent.' }
  }
  const note = unclear
    ? 'The page was reloaded while the request was being sent. BigV may or may not have carried out the request; check the machine’s state.'
    : phase === 'sending'
      ? 'The page was reloaded before the next request was sent.'
      : 'BigV rejected your sign-in, and the page was reloaded before the request was sent again.'
  return { ...ended, outcome: unclear ? 'unclear' : 'refused', note: note + stays }
}

/** A stored request of an operation or a batch. */
export const storedRequest = z.lazy(() =>
  z.object({
    method: z.string(),
    path: z.string(),
    // A DELETE has no body, and JSON has no undefined.
    body: z._default(z.unknown(), undefined),
    trace: z.nullable(
      z.object({
        method: z.string(),
        path: z.string(),
        status: z.number(),
        startedAt: z.number(),
        duration: z.number(),
      }),
    ),
    times: z.exactOptional(z.number()),
  }),
)

/** An operation from the storage or from another tab. Both may be of another version of the dashboard. */
const operationSchema: Schema<Operation> = z.lazy(() => {
  const target = z.object({
    account: z.string(),
    group: z.string(),
    id: z.nullable(z.number()),
    name: z.string(),
  })
  const evidenceOfNow = z.object({
    answeredAt: z.number(),
    headBefore: z.nullable(z.string()),
    offSeen: z.boolean(),
    headMoved: z.boolean(),
    timesSeenOn: z.number(),
    said: z.exactOptional(z.string()),
  })

  /** Earlier versions had another name for `timesSeenOn`. */
  const evidence = z.pipe(
    z.transform((stored: unknown) => {
      const { onReadings, ...others } = Object(stored) as Record<string, unknown>
      return onReadings === undefined ? stored : { ...others, timesSeenOn: onReadings }
    }),
    evidenceOfNow,
  )
  return z.pipe(
    z.transform(migrate),
    z.looseObject({
      key: z.string(),
      // A later version of the dashboard may have actions that this version doesn't know.
      action: z.custom<ActionName>((name) => typeof name === 'string' && isActionName(name)),
      label: z.string(),
      inProgress: z.nullable(z.string()),
      overdueAfter: z.nullable(z.number()),
      blocksNothing: z.boolean(),
      target,
      also: z.exactOptional(target),
      username: z.string(),
      phase: z.enum(['queued', 'checking', 'sending', 'signing in', 'asking', 'waiting', 'ended']),
      begunAt: z.number(),
      endedAt: z.nullable(z.number()),
      outcome: z.nullable(
        z.enum(['done', 'refused', 'unclear', 'superseded', 'cancelled', 'no longer watching']),
      ),
      note: z.string(),
      steps: z.array(storedRequest),
      evidence: z.nullable(evidence),
      autoreboot: z.nullable(z.object({ before: z.boolean(), after: z.boolean() })),
      patienceFrom: z.number(),
      expects: z.nullable(z.record(z.string(), z.unknown())),
      plan: z.exactOptional(z.string()),
      otherTab: z.boolean(),
      batch: z.exactOptional(z.string()),
    }),
  )
})

const NEW_OUTCOMES: Readonly<Record<string, string>> = {
  overtaken: 'superseded',
  'given up': 'no longer watching',
}

/**
 * Renames fields that earlier versions stored under other names. Adds the action's label and times, which the first version didn't store.
 */
function migrate(kept: unknown): unknown {
  if (typeof kept !== 'object' || kept === null) return kept
  const { foreign, expectsPower, run, progress, aside, ...others } = kept as Record<string, unknown> & {
    progress?: { of?: unknown }
  }
  const old = {
    ...others,
    ...(run !== undefined && { batch: run }),
    ...(aside !== undefined && { blocksNothing: aside }),
    ...(progress !== undefined && { expects: { presses: progress.of } }),
  } as Record<string, unknown>
  if (foreign === undefined) return old
  const { outcome, evidence, autoreboot } = old
  const action = old['action'] === 'set_autoreboot' ? autorebootAction(autoreboot) : String(old['action'])
  if (!isActionName(action)) return undefined
  const { label, inProgress, watch, blocksNothing, on } = actions[action]
  return {
    ...old,
    action,
    label,
    inProgress,
    overdueAfter: watch?.overdueAfter ?? null,
    blocksNothing: blocksNothing === true,
    expects: on === 'new machine' ? { power_on: expectsPower !== false } : old['expects'],
    outcome: NEW_OUTCOMES[String(outcome)] ?? outcome,
    evidence: evidence && { headMoved: false, ...evidence },
    otherTab: foreign,
  }
}

/** The single action of earlier versions is two actions now. */
function autorebootAction(written: unknown): string {
  return (written as { after?: unknown } | null)?.after === false ? 'autoreboot_off' : 'autoreboot_on'
}
