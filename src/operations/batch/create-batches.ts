import { currentUser, persisted } from '../../lib/persisted.ts'
import { validEntries, z, type Schema } from '../../lib/schema.ts'
import { createStore } from '../../lib/store.ts'
import { formatClock } from '../../lib/times.ts'
import { isIn, onGroupFetched } from '../activity/later-findings.ts'
import type { Operation } from '../operation.ts'

const item = z.lazy(() =>
  z.object({
    name: z.string(),
    /** `begun`: BigV has accepted the request. From then on, the operation shows the progress. */
    is: z.enum(['queued', 'sending', 'begun', 'taken', 'refused', 'unclear', 'not sent']),
    /** Whole sentences, without secrets. */
    note: z.string(),
    /** The key of the machine's operation, once BigV has accepted the request. */
    operation: z.nullable(z.string()),
    /** The id of the machine that has the name already, if any. */
    holder: z.nullable(z.number()),
    /** When the machine's last request began and was answered. Earlier versions didn't store these times. */
    begunAt: z.optional(z.number()),
    endedAt: z.optional(z.number()),
  }),
)
const stored = z.lazy(() =>
  z.object({
    key: z.string(),
    account: z.string(),
    group: z.string(),
    username: z.string().check(z.refine((username) => username === currentUser.get())),
    begunAt: z.number(),
    /** `stopping`: the user has stopped the batch, which ends after the current request. */
    state: z.enum(['running', 'stopping', 'ended']),
    /** Why the batch ended early; otherwise empty. */
    why: z.string(),
    items: z.readonly(z.array(item)),
  }),
)

/** One of several machines to create. */
export type CreateItem = z.infer<typeof item>
/** Several machines created together, with one request each. */
export type CreateBatch = z.infer<typeof stored>

const MOST_BATCHES = 5
const RELOADED =
  'The page was reloaded while the request was being sent. BigV may or may not have created the machine.'

const schema: Schema<CreateBatch> = z.lazy(() =>
  z.pipe(
    z.pipe(z.transform(migrate), stored),
    z.transform((batch) => (batch.state === 'ended' ? batch : afterReload(batch))),
  ),
)

/** The batches of this tab and user, oldest first. They survive a reload. */
export const createBatches = persisted(createStore<readonly CreateBatch[]>([]), {
  key: 'bigv.create-runs',
  where: 'tab',
  schema: validEntries(schema),
})

export function findCreateBatch(key: string): CreateBatch | undefined {
  return createBatches.get().find((batch) => batch.key === key)
}

/** Adds a batch. If there are more than five, the oldest that have ended are dropped. */
export function addCreateBatch(batch: CreateBatch): void {
  createBatches.set((all) => [
    ...all.filter(({ state }, at) => state !== 'ended' || at > all.length - MOST_BATCHES),
    batch,
  ])
}

export function updateCreateBatch(key: string, change: Partial<CreateBatch>): void {
  createBatches.set((all) => all.map((batch) => (batch.key === key ? { ...batch, ...change } : batch)))
}

export function updateCreateItem(key: string, name: string, change: Partial<CreateItem>): void {
  const items = findCreateBatch(key)?.items ?? []
  const at = items.findIndex((each) => each.name === name)
  const item = items[at]
  if (item !== undefined) updateCreateBatch(key, { items: items.with(at, { ...item, ...change }) })
}

export function removeCreateBatch(key: string): void {
  createBatches.set((all) => all.filter((batch) => batch.key !== key))
}

/** The state of one machine of a batch. `word` is the state as shown, in a word or two. */
export interface ItemState {
  is: 'created' | 'running' | 'unclear' | 'failed'
  word: string
  note: string
}

/** The state of each machine of a batch. Once BigV has accepted the request, this is the operation's state. */
export function itemStates(
  { key: batch, items, state }: CreateBatch,
  operations: readonly Operation[],
): ItemState[] {
  return items.map((item) =>
    itemState(
      item,
      state === 'running',
      operations.find((each) =>
        // The item knows its operation only once BigV has accepted the request.
        item.operation === null
          ? each.batch === batch && each.target.name === item.name && each.phase === 'queued'
          : each.key === item.operation,
      ),
    ),
  )
}

/** "3 created, 1 being created, 1 unclear, 1 failed". */
export function statesInWords(states: readonly ItemState[]): string {
  const words = { created: 'created', running: 'being created', unclear: 'unclear', failed: 'failed' }
  const parts = (['created', 'running', 'unclear', 'failed'] as const).flatMap((is) => {
    const count = states.filter((state) => state.is === is).length
    return count === 0 ? [] : [`${count} ${words[is]}`]
  })
  return parts.join(', ')
}

const UNSENT_WORDS = {
  taken: 'Not sent: the name is taken',
  refused: 'Refused',
  unclear: 'Unclear',
  'not sent': 'Not sent',
}

function itemState({ is, note }: CreateItem, running: boolean, operation: Operation | undefined): ItemState {
  if (is === 'begun') return acceptedState(operation, note)
  if (is === 'unclear') return { is, word: UNSENT_WORDS[is], note }
  if (is === 'sending') {
    return { is: 'running', word: operation?.phase === 'queued' ? 'Queued' : 'Sending…', note }
  }
  if (is !== 'queued') return { is: 'failed', word: UNSENT_WORDS[is], note }
  return running ? { is: 'running', word: 'Queued', note } : { is: 'failed', word: 'Not sent', note }
}

function acceptedState(operation: Operation | undefined, known: string): ItemState {
  // The operation's record was dropped, because a hundred others ended after it. BigV has accepted the request.
  if (operation === undefined) return { is: 'created', word: 'Accepted', note: known }
  const { phase, outcome, note } = operation
  if (phase !== 'ended') return { is: 'running', word: 'Creating…', note: '' }
  if (outcome === 'done') return { is: 'created', word: 'Created', note }
  if (outcome === 'no longer watching') return { is: 'created', word: 'Accepted, not checked further', note }
  return { is: 'failed', word: 'Accepted, but not created', note }
}

/** Corrects an unclear machine's state when a later fetch shows a machine of this name. Call once. */
export function correctCreateBatches(): void {
  onGroupFetched((group) => {
    for (const batch of createBatches.get()) {
      for (const { is, name } of isIn(group, batch) ? batch.items : []) {
        const vm = is === 'unclear' ? group.machines.find((each) => each.name === name) : undefined
        if (vm === undefined || vm.deleted) continue
        const note = `No answer from BigV, but the machine exists (checked at ${formatClock(Date.now())}).`
        updateCreateItem(batch.key, name, { is: 'begun', operation: null, holder: vm.id, note })
      }
    }
  })
}

function afterReload(batch: CreateBatch): CreateBatch {
  const items = batch.items.map((item) =>
    item.is === 'sending' ? { ...item, is: 'unclear' as const, note: RELOADED } : item,
  )
  return { ...batch, items, state: 'ended', why: 'The page was reloaded.' }
}

/** Earlier versions stored the state as two flags, and named `not sent` differently. */
function migrate(value: unknown): unknown {
  const old = z.looseObject({ going: z.boolean(), items: z.array(z.looseObject({ is: z.string() })) })
  const { success, data } = old.safeParse(value)
  if (!success) return value
  const { going, items, ...batch } = data
  return {
    ...batch,
    state: going ? 'running' : 'ended',
    items: items.map((item) => (item.is === 'barred' ? Object.assign(item, { is: 'not sent' }) : item)),
  }
}
