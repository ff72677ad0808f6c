import { machineActionOf } from '../actions/index.ts'
import type { SimpleAction } from '../actions/action.ts'
import { isWhole, type AccountOverview } from '../api/accounts.ts'
import { queryClient } from '../api/query-client.ts'
import type { MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import { persisted } from '../lib/persisted.ts'
import { validEntries, z } from '../lib/schema.ts'
import { createStore } from '../lib/store.ts'
import { formatMib } from '../lib/units.ts'
import { onOperationEnd } from './store.ts'

// Which changes wait for a restart of their machine: kept in the browser, followed from what is written and fetched, and in words.

// Take effect at the next power cycle, which a reset is not (docs/bigv-api.md#changing-a-vm).
const AT_RESTART = ['cores', 'memory', 'hardware_profile'] as const

type Attribute = (typeof AT_RESTART)[number]

const value = z.nullable(z.union([z.string(), z.number()]))
/** `at` is when it was written, ms since 1970. */
const change = z.object({ attribute: z.enum(AT_RESTART), from: value, to: value, at: z.number() })

/** A change that a running machine has not taken up yet. */
export type WaitingChange = z.infer<typeof change>
type AllWaiting = Readonly<Record<string, readonly WaitingChange[]>>

const NOTHING_WAITS: readonly WaitingChange[] = []

/** Which changes wait for a restart, of every machine, as far as this browser knows. */
export const waitingStore = persisted(createStore<AllWaiting>({}), {
  key: 'bigv.gathered.waiting-restart',
  where: 'browser',
  perUser: true,
  schema: z.record(z.string(), validEntries(change)),
})

/** The key that a machine has in the store. */
function waitingKey(account: string, id: number): string {
  return `${account}/${id}`
}

/** What waits for a restart of this machine. */
export function useWaitingChanges(account: string, id: number): readonly WaitingChange[] {
  return waitingStore.use((all) => all[waitingKey(account, id)] ?? NOTHING_WAITS)
}

/** Machines as they were before a change that is under way, by the operation's key. */
const before = new Map<string, VirtualMachine>()

/** Notes which changes wait for a restart, from every write here and every reading that any page or operation makes. Call once. */
export function followWaitingChanges(): void {
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const [root, account, kind, , what] = event.query.queryKey
    if (root !== 'accounts' || typeof account !== 'string' || Object.keys(waitingStore.get()).length === 0)
      return
    // By their keys these hold what accountQueries and machineQueries read.
    if (kind === 'overview') {
      for (const { virtual_machines } of (event.query.state.data as AccountOverview).groups)
        seeAll(account, (virtual_machines ?? []).filter(isWhole))
    }
    if (what === 'list') seeAll(account, event.query.state.data as readonly VirtualMachine[])
    if (what === 'machine') seeAll(account, [(event.query.state.data as MachineData).vm])
  })
  onOperationEnd(({ key, action, outcome, target, expects }) => {
    const machine = before.get(key)
    before.delete(key)
    if (target.id === null) return
    const at = waitingKey(target.account, target.id)
    // It was off on the way, though no reading need have seen it.
    if (machineActionOf(action)?.powersOff && outcome === 'done') put(at, NOTHING_WAITS)
    // Where BigV did not answer, the next reading tells whether there is anything that waits.
    const written = outcome === 'done' || outcome === 'unclear'
    if (written && machine !== undefined && machineActionOf(action)?.mayWaitForRestart) {
      put(at, afterWrite(waitingStore.get()[at] ?? NOTHING_WAITS, machine, expects ?? {}, Date.now()))
    }
  })
}

/** Takes the key of an operation that is about to change a machine, and the machine as it was just read. */
export function noteBeforeChange(key: string, vm: VirtualMachine): void {
  before.set(key, vm)
}

function seeAll(account: string, machines: readonly VirtualMachine[]): void {
  const all = waitingStore.get()
  for (const vm of machines) {
    const waiting = all[waitingKey(account, vm.id)]
    if (waiting !== undefined) put(waitingKey(account, vm.id), afterReading(waiting, vm))
  }
}

function put(key: string, waiting: readonly WaitingChange[]): void {
  const all = waitingStore.get()
  if (waiting === (all[key] ?? NOTHING_WAITS)) return
  const { [key]: _, ...others } = all
  waitingStore.set(waiting.length === 0 ? others : { ...others, [key]: waiting })
}

type Spec = Pick<VirtualMachine, 'power_on' | Attribute>

/** Whether a change of this attribute takes effect only when the machine is off and on again. */
export function appliesAtRestart(attribute: string): attribute is Attribute {
  return AT_RESTART.some((each) => each === attribute)
}

/**
 * Takes what waits already, a machine as it was before a write, and the patch that was written at `at`; returns what waits now.
 * What the machine runs with is what it had before the first of the changes.
 */
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
 * Takes what waits and a reading of the machine; returns what waits still, the same array where nothing changed. Seen off, it has
 * taken everything up; a value that is back at what it runs with waits for nothing, another one waits in its place.
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

/** Takes what waits and returns it in words: "cores 1 → 2, memory 1 GiB → 2 GiB". */
export function waitingInWords(waiting: readonly WaitingChange[]): string {
  return waiting
    .map(
      ({ attribute, from, to }) => `${NAMES[attribute]} ${shown(attribute, from)} → ${shown(attribute, to)}`,
    )
    .join(', ')
}

/** Takes an action and what waits, and returns what a confirmation says of it, or null. */
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
