import { isSimpleActionName, simpleActions, type SimpleActionName } from '../../actions/index.ts'
import { ApiError } from '../../api/errors.ts'
import type { GroupRef } from '../../lib/links.ts'
import { currentUser, persisted, readStored, removeStored } from '../../lib/persisted.ts'
import { validEntries, z, type Schema } from '../../lib/schema.ts'
import { formatClock } from '../../lib/times.ts'
import type { Operation } from '../operation.ts'
import { inWords } from '../state.ts'
import { operations } from '../store.ts'
import { storedRequest } from '../stored-operations.ts'
import { batches, NEW_ITEM, tally, updateBatch, updateItem, type Batch, type BatchItem } from './batch.ts'
import { advanceBatch } from './bulk.ts'
import { correctBatches } from './later-findings.ts'
import { fetchCandidates, forgetRows } from './fetch-machines.ts'

// features/bulk/bulk-request.ts looks for this key in the storage before this file is loaded.
const KEY = 'bigv.bulk'
/** Longer batches are stored without their requests, because a tab can store only five million characters. */
const WITH_STEPS_AT_MOST = 2_000
/** Longer batches are written less often, because writing ten thousand machines takes some 40 ms. */
const LARGE = 1_000

let started = false

/**
 * Stores this user's batches over a reload, and continues to watch stored ones. No machine begins automatically. Call once the session is
 * known.
 */
export function keepBatches(): void {
  if (started) return
  started = true
  persisted(batches, {
    key: KEY,
    where: 'tab',
    schema: validEntries(schema),
    save: (all) => (all.length === 0 ? undefined : all.map(pack)),
    writeAfterMs: (all) => (all.some(({ items }) => items.length > LARGE) ? 3_000 : 300),
  })
  resumeAll()
  correctBatches()
  currentUser.subscribe(() => {
    forgetRows()
    resumeAll()
  })
}

function resumeAll(): void {
  for (const batch of batches.get()) {
    const { resumed, unclear } = afterReload(batch)
    updateBatch(batch.key, resumed)
    advanceBatch(batch.key)
    void fetchUnclear(resumed, unclear)
  }
  // Earlier versions stored the items under these keys. The signed-in user's items have been loaded by now.
  if (currentUser.get() !== undefined) removeStored('tab', `${KEY}.`)
}

/**
 * A stored batch after a reload: running items are watched again, ended items have their result, and queued items wait for the user.
 * `unclear`: the items whose requests were being sent when the page closed.
 */
function afterReload(batch: Batch): { resumed: Batch; unclear: BatchItem[] } {
  const own = new Map(
    operations().flatMap((each) =>
      each.batch === batch.key && each.target.id !== null ? [[each.target.id, each]] : [],
    ),
  )
  const unclear: BatchItem[] = []
  const items = batch.items.map((item) => {
    if (item.phase === 'ended') return item
    const now = itemAfterReload(batch, item, own.get(item.id))
    if (now.phase === 'ended' && now.result === 'unclear') unclear.push(now)
    return now
  })
  if (batch.state !== 'running') return { resumed: { ...batch, items }, unclear }
  const { queued } = tally(items)
  const why = `The page was reloaded. Sent requests are still being checked; ${queued === 1 ? '1 queued machine waits' : `${queued} queued machines wait`} for you to resume.`
  return { resumed: { ...batch, items, state: 'paused', why: queued > 0 ? why : '' }, unclear }
}

function itemAfterReload(batch: Batch, item: BatchItem, operation: Operation | undefined): BatchItem {
  const newer = operation !== undefined && operation.begunAt >= (item.begunAt ?? batch.begunAt)
  if (operation === undefined || !newer || (item.phase === 'queued' && operation.key === item.operation)) {
    if (item.phase === 'queued') return item
    // An operation is stored from its first request on. There is none for this item, so nothing was sent.
    if (item.operation === null) return { ...item, phase: 'queued', attempts: Math.max(0, item.attempts - 1) }
    return {
      ...item,
      phase: 'ended',
      result: 'unclear',
      note: 'The page was reloaded. BigV may or may not have carried out the request.',
      endedAt: Date.now(),
    }
  }
  if (operation.phase !== 'ended') return { ...item, phase: 'begun', operation: operation.key }
  return {
    ...item,
    phase: 'ended',
    operation: operation.key,
    overdue: false,
    result: operation.outcome ?? 'unclear',
    note: operation.note,
    autoreboot: operation.autoreboot,
    steps: [...item.steps, ...operation.steps],
    endedAt: operation.endedAt ?? Date.now(),
  }
}

/** Fetches the unclear machines, and adds their current state to the notes. */
async function fetchUnclear({ key, action }: Batch, unclear: readonly BatchItem[]): Promise<void> {
  if (unclear.length === 0) return
  try {
    const notes = new Map(unclear.map(({ id, note }) => [id, note]))
    for (const { id, vm } of await fetchCandidates(unclear)) {
      const shows = vm === null ? 'the machine was not found' : inWords({ vm, creating: false })
      const note = `${notes.get(id) ?? ''} Checked at ${formatClock(Date.now())}: ${shows}.`.trim()
      const done = simpleActions[action].isAchieved?.(vm) === true
      updateItem(key, id, { note, ...(done && { result: 'done' }) })
    }
  } catch (error) {
    // The fetch failed, so the machines stay unclear. A retry fetches them first.
    if (!(error instanceof ApiError)) throw error
  }
}

/** An item as stored: in a short form, because there may be ten thousand. */
type Packed = readonly [
  group: number,
  id: number,
  name: string,
  /** The sum of 2 for power_on and 1 for autoreboot_on; -1 if nothing was confirmed. */
  decidedOn: number,
  /** The fields that differ from a new item. */
  rest: Partial<typeof NEW_ITEM>,
]

function pack({ items, ...batch }: Batch): unknown {
  const groups = new Map<string, { at: number; ref: GroupRef }>()
  const withSteps = items.length <= WITH_STEPS_AT_MOST
  const packed = items.map(({ ref: { account, group }, id, name, decidedOn, ...item }): Packed => {
    const key = JSON.stringify([account, group])
    const { at } = groups.get(key) ?? { at: groups.size }
    if (at === groups.size) groups.set(key, { at, ref: { account, group } })
    const rest = Object.entries(item).filter(([key, value]) =>
      key === 'steps' ? withSteps && item.steps.length > 0 : value !== NEW_ITEM[key as keyof typeof NEW_ITEM],
    )
    const bits = decidedOn === null ? -1 : Number(decidedOn.power_on) * 2 + Number(decidedOn.autoreboot_on)
    return [at, id, name, bits, Object.fromEntries(rest)]
  })
  return { ...batch, groups: [...groups.values()].map(({ ref }) => ref), items: packed }
}

const time = z.nullable(z.number())
const rest = z.object({
  phase: z._default(z.enum(['queued', 'begun', 'ended']), 'queued'),
  operation: z._default(z.nullable(z.string()), null),
  overdue: z._default(z.boolean(), false),
  result: z._default(
    z.nullable(
      z.enum([
        'done',
        'refused',
        'unclear',
        'superseded',
        'cancelled',
        'no longer watching',
        'not sent',
        'skipped',
      ]),
    ),
    null,
  ),
  note: z._default(z.string(), ''),
  attempts: z._default(z.number(), 0),
  autoreboot: z._default(z.nullable(z.object({ before: z.boolean(), after: z.boolean() })), null),
  steps: z._default(z.array(storedRequest), []),
  begunAt: z._default(time, null),
  endedAt: z._default(time, null),
})
const packedBatch = z.object({
  key: z.string(),
  username: z.string().check(z.refine((username) => username === currentUser.get())),
  action: z.custom<SimpleActionName>((name) => typeof name === 'string' && isSimpleActionName(name)),
  rolling: z.boolean(),
  atOnce: z.number(),
  state: z.enum(['running', 'paused', 'stopped', 'over']),
  why: z.string(),
  begunAt: z.number(),
  endedAt: time,
  groups: z.array(z.object({ account: z.string(), group: z.string() })),
  items: z.array(z.tuple([z.number(), z.number(), z.string(), z.number(), rest])),
})

const schema: Schema<Batch> = z.pipe(
  z.pipe(z.transform(migrate), packedBatch),
  z.transform(({ groups, items, ...batch }, context) => ({
    ...batch,
    items: items.flatMap(([group, id, name, bits, rest]) => {
      const ref = groups[group]
      if (ref === undefined) {
        context.issues.push({ code: 'custom', input: group })
        return []
      }
      const decidedOn = bits < 0 ? null : { name, power_on: bits >= 2, autoreboot_on: bits % 2 === 1 }
      return [{ ...rest, ref, id, name, decidedOn }]
    }),
  })),
)

const OLD_RESULTS = new Map<unknown, string>([
  ['left alone', 'skipped'],
  ['overtaken', 'superseded'],
  ['given up', 'no longer watching'],
])

const oldBatch = z.looseObject({
  key: z.string(),
  task: z.object({ action: z.string() }),
  chunks: z.number(),
})
const oldItem = z.tuple([z.number(), z.number(), z.string(), z.number(), z.looseObject({})])

/** Earlier versions stored the items in records of a hundred, and named some results differently. */
function migrate(stored: unknown): unknown {
  const { success, data } = oldBatch.safeParse(stored)
  if (!success) return stored
  const { task, chunks, ...batch } = data
  const parts = Array.from({ length: chunks }, (_, at) => readStored('tab', `${KEY}.${batch.key}.${at}`))
  const items = z.array(z.array(oldItem)).safeParse(parts).data?.flat()
  return {
    ...batch,
    action: task.action,
    items: items?.map(([group, id, name, bits, rest]) => {
      const result = OLD_RESULTS.get(rest['result']) ?? rest['result']
      return [group, id, name, bits, { ...rest, result }]
    }),
  }
}
