import type { SimpleAction } from '../actions/action.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { persisted } from '../lib/persisted.ts'
import { validEntries, z } from '../lib/schema.ts'
import { createStore } from '../lib/store.ts'
import { formatMib } from '../lib/units.ts'

// The changes that wait for their machine to restart, as stored in the browser, and in words. follow-pending-restart.ts tracks them.

// These attributes take effect at the next power cycle. A reset isn't a power cycle (docs/bigv-api.md#changing-a-vm).
const AT_RESTART = ['cores', 'memory', 'hardware_profile'] as const

type Attribute = (typeof AT_RESTART)[number]

const value = z.lazy(() => z.nullable(z.union([z.string(), z.number()])))
/** `at` is when the change was written, ms since 1970. */
const change = z.lazy(() =>
  z.object({ attribute: z.enum(AT_RESTART), from: value, to: value, at: z.number() }),
)

/** A change that a running machine hasn't applied yet. */
export type PendingChange = z.infer<typeof change>
type AllPending = Readonly<Record<string, readonly PendingChange[]>>

export const NOTHING_PENDING: readonly PendingChange[] = []

/** The changes of every machine that wait for a restart, as far as this browser knows. */
export const pendingStore = persisted(createStore<AllPending>({}), {
  key: 'bigv.gathered.waiting-restart',
  where: 'browser',
  perUser: true,
  schema: z.record(z.string(), validEntries(change)),
})

/** A machine's key in the store. */
export function pendingKey(account: string, id: number): string {
  return `${account}/${id}`
}

/** The changes of this machine that wait for a restart. */
export function usePendingChanges(account: string, id: number): readonly PendingChange[] {
  return pendingStore.use((all) => all[pendingKey(account, id)] ?? NOTHING_PENDING)
}

type Spec = Pick<VirtualMachine, 'power_on' | Attribute>

/** True if a change of this attribute takes effect only once the machine has been off and on again. */
export function appliesAtRestart(attribute: string): attribute is Attribute {
  return AT_RESTART.some((each) => each === attribute)
}

/** The waiting changes after a write. Each change starts from the value that the machine runs with. */
export function afterWrite(
  pending: readonly PendingChange[],
  before: Spec,
  patch: Readonly<Record<string, unknown>>,
  at: number,
): readonly PendingChange[] {
  if (!before.power_on) return []
  const written = AT_RESTART.flatMap((attribute): PendingChange[] => {
    const to = patch[attribute]
    if (typeof to !== 'string' && typeof to !== 'number') return []
    const from = pending.find((change) => change.attribute === attribute)?.from ?? before[attribute] ?? null
    return [{ attribute, from, to, at }]
  })
  const others = pending.filter(({ attribute }) => !written.some((each) => each.attribute === attribute))
  return [...others, ...written].filter(({ from, to }) => from !== to)
}

/**
 * The changes that still wait after a fetch; the same array if nothing is different. A machine that is off has applied all changes. If a
 * value is again the one that the machine runs with, its change no longer waits. If a value differs from the one written,
 * the new value waits instead.
 */
export function afterFetch(pending: readonly PendingChange[], vm: Spec): readonly PendingChange[] {
  if (!vm.power_on) return pending.length === 0 ? pending : []
  const same = pending.every(({ attribute, to }) => (vm[attribute] ?? null) === to)
  if (same) return pending
  return pending.flatMap((change) => {
    const to = vm[change.attribute] ?? null
    return to === change.from ? [] : [{ ...change, to }]
  })
}

const NAMES: Record<Attribute, string> = {
  cores: 'cores',
  memory: 'memory',
  hardware_profile: 'hardware profile',
}

/** "cores 1 → 2, memory 1 GiB → 2 GiB". */
export function pendingInWords(pending: readonly PendingChange[]): string {
  return pending
    .map(
      ({ attribute, from, to }) => `${NAMES[attribute]} ${shown(attribute, from)} → ${shown(attribute, to)}`,
    )
    .join(', ')
}

/** The sentence about waiting changes in an action's confirm dialog, or null. */
export function pendingSentence(
  { pendingText }: SimpleAction,
  pending: readonly PendingChange[],
): string | null {
  return pending.length === 0 ? null : (pendingText?.(pendingInWords(pending)) ?? null)
}

function shown(attribute: Attribute, value: string | number | null): string {
  if (value === null) return 'none'
  return attribute === 'memory' && typeof value === 'number' ? formatMib(value) : String(value)
}
