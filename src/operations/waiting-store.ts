import { useSyncExternalStore } from 'react'
import { queryClient } from '../api/query-client.ts'
import type { VirtualMachine } from '../api/virtual-machine.ts'
import type { MachineReading } from '../api/virtual-machines.ts'
import { externalStore } from '../lib/external-store.ts'
import { browserStorage } from '../lib/storage.ts'
import type { Action } from './operation.ts'
import { onOperationEnd } from './store.ts'
import { afterReading, afterWrite, type WaitingChange } from './waiting-restart.ts'

type All = Readonly<Record<string, readonly WaitingChange[]>>

const KEY = 'bigv.waiting-restart'
const NONE: readonly WaitingChange[] = []
/** They were off on the way, though no reading need have seen it. */
const CYCLES = new Set<Action>(['reboot', 'restart', 'stop', 'shut_down', 'reimage', 'delete', 'purge'])

const store = externalStore<All>({})
/** Machines as they were before a change that is under way, by the operation's key. */
const before = new Map<string, VirtualMachine>()

/**
 * Remembers in this browser which changes wait for a restart, and follows every reading that any page or operation makes. The
 * storage is read once and written when something changes. Call once, at the start.
 */
export function followWaitingChanges(): void {
  store.set(kept())
  globalThis.addEventListener?.('storage', ({ key }) => {
    if (key === KEY) store.set(kept())
  })
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const [root, account, , , what] = event.query.queryKey
    if (root !== 'accounts' || typeof account !== 'string' || Object.keys(store.get()).length === 0) return
    // By their keys these hold what machineQueries reads.
    if (what === 'list') seeAll(account, event.query.state.data as readonly VirtualMachine[])
    if (what === 'machine') seeAll(account, [(event.query.state.data as MachineReading).vm])
  })
  onOperationEnd(({ key, action, outcome, target, expects }) => {
    const machine = before.get(key)
    before.delete(key)
    if (target.id === null) return
    const at = keyOf(target.account, target.id)
    if (CYCLES.has(action) && outcome === 'done') put(at, NONE)
    // Where BigV did not answer, the next reading tells whether there is anything that waits.
    const written = outcome === 'done' || outcome === 'unclear'
    if (action === 'change' && written && machine !== undefined) {
      put(at, afterWrite(store.get()[at] ?? NONE, machine, expects ?? {}, Date.now()))
    }
  })
}

/** Takes the key of an operation that is about to change a machine, and the machine as it was just read. */
export function noteBeforeChange(key: string, vm: VirtualMachine): void {
  before.set(key, vm)
}

/** What waits for a restart of this machine, as far as this browser knows. */
export function useWaitingChanges(account: string, id: number): readonly WaitingChange[] {
  return useSyncExternalStore(store.subscribe, () => store.get()[keyOf(account, id)] ?? NONE)
}

function keyOf(account: string, id: number): string {
  return `${account}/${id}`
}

function seeAll(account: string, machines: readonly VirtualMachine[]): void {
  const all = store.get()
  for (const vm of machines) {
    const waiting = all[keyOf(account, vm.id)]
    if (waiting !== undefined) put(keyOf(account, vm.id), afterReading(waiting, vm))
  }
}

function put(key: string, waiting: readonly WaitingChange[]): void {
  const all = store.get()
  if (waiting === (all[key] ?? NONE)) return
  const { [key]: _, ...others } = all
  store.set(waiting.length === 0 ? others : { ...others, [key]: waiting })
  browserStorage.write(KEY, store.get())
}

function kept(): All {
  const value = browserStorage.read(KEY)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, WaitingChange[]] => Array.isArray(entry[1])),
  )
}
