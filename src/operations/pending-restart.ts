import type { SimpleAction } from '../actions/action.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import { persisted } from '../lib/persisted.ts'
import { validEntries, z } from '../lib/schema.ts'
import { createStore } from '../lib/store.ts'
import { formatMib } from '../lib/units.ts'

// Which changes wait for a restart of their machine: kept in the browser, and in words. waiting-follow.ts follows them.

// Take effect at the next power cycle, which a reset is not (docs/bigv-api.md#changing-a-vm).
const AT_RESTART = ['cores', 'memory', 'hardware_profile'] as const

type Attribute = (typeof AT_RESTART)[number]

const value = z.nullable(z.union([z.string(), z.number()]))
/** `at` is when it was written, ms since 1970. */
const change = z.object({ attribute: z.enum(AT_RESTART), from: value, to: value, at: z.number() })

/** A change that a running machine has not taken up yet. */
export type WaitingChange = z.infer<typeof change>
type AllWaiting = Readonly<Record<string, readonly WaitingChange[]>>

export const NOTHING_WAITS: readonly WaitingChange[] = []

/** Which changes wait for a restart, of every machine, as far as this browser knows. */
export const waitingStore = persisted(createStore<AllWaiting>({}), {
  key: 'bigv.gathered.waiting-restart',
  where: 'browser',
  perUser: true,
  schema: z.record(z.string(), validEntries(change)),
})

/** The key that a machine has in the store. */
export function waitingKey(account: string, id: number): string {
  return `${account}/${id}`
}

/** What waits for a restart of this machine. */
export function useWaitingChanges(account: string, id: number): readonly WaitingChange[] {
  return waitingStore.use((all) => all[waitingKey(account, id)] ?? NOTHING_WAITS)
}

type Spec = Pick<VirtualMachine, 'power_on' | Attribute>

/** Whether a change of this attribute takes effect only when the machine is off and on again. */
export function appliesAtRestart(attribute: string): attribute is Attribute {
  return AT_RESTART.some((each) => each === attribute)
}

/** What waits after a patch was written. The machine runs with what it had before the first of the changes. */
export function afterWrite(
  waiting: readonly WaitingChange[],
  before: Spec,
  patch: Readonly<Record<string, unknown>>,
  at: number,
): readonly WaitingChange[] {
  if (!before.power_on) return []
  const written = AT_RESTART.flatMap((attribute): WaitingChange[] => {
    const to = patch[attribute]
    if (typeof to !== 'string' && typeof to !== 'number') return []
    const from = waiting.find((change) => change.attribute === attribute)?.from ?? before[attribute] ?? null
    return [{ attribute, from, to, at }]
  })
  const others = waiting.filter(({ attribute }) => !written.some((each) => each.attribute === attribute))
  return [...others, ...written].filter(({ from, to }) => from !== to)
}

/**
 * What still waits after a fetch; the same array where nothing changed. A machine that is off has applied everything. A value that is
 * back at what the machine runs with no longer waits, another one waits in its place.
 */
export function afterReading(waiting: readonly WaitingChange[], vm: Spec): readonly WaitingChange[] {
  if (!vm.power_on) return waiting.length === 0 ? waiting : []
  const same = waiting.every(({ attribute, to }) => (vm[attribute] ?? null) === to)
  if (same) return waiting
  return waiting.flatMap((change) => {
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
export function waitingInWords(waiting: readonly WaitingChange[]): string {
  return waiting
    .map(
      ({ attribute, from, to }) => `${NAMES[attribute]} ${shown(attribute, from)} → ${shown(attribute, to)}`,
    )
    .join(', ')
}

/** What the confirmation of an action says of waiting changes, or null. */
export function waitingSentence(
  { saysOfWaiting }: SimpleAction,
  waiting: readonly WaitingChange[],
): string | null {
  return waiting.length === 0 ? null : (saysOfWaiting?.(waitingInWords(waiting)) ?? null)
}

function shown(attribute: Attribute, value: string | number | null): string {
  if (value === null) return 'none'
  return attribute === 'memory' && typeof value === 'number' ? formatMib(value) : String(value)
}
