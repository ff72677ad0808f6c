import { machineActionOf } from '../actions/index.ts'
import { fetchedMachines } from '../api/accounts.ts'
import { queryClient } from '../api/query-client.ts'
import type { VirtualMachine } from '../api/virtual-machines.ts'
import {
  afterFetch,
  afterWrite,
  NOTHING_PENDING,
  pendingKey,
  pendingStore,
  type PendingChange,
} from './pending-restart.ts'
import { onOperationEnd } from './store.ts'

/** Machines as they were before their running change, by the operation's key. */
const before = new Map<string, VirtualMachine>()

/** Tracks the changes that wait for a restart, after every write of this browser and every fetch. Call once. */
export function followPendingChanges(): void {
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    if (Object.keys(pendingStore.get()).length === 0) return
    for (const { ref, machines } of fetchedMachines(event.query)) updateAll(ref.account, machines)
  })
  onOperationEnd(({ key, action, outcome, target, expects }) => {
    const machine = before.get(key)
    before.delete(key)
    if (target.id === null) return
    const at = pendingKey(target.account, target.id)
    // The machine was off at some point, even if no fetch has shown that.
    if (machineActionOf(action)?.powersOff && outcome === 'done') put(at, NOTHING_PENDING)
    // If BigV didn't answer, the next fetch shows whether any change waits.
    const written = outcome === 'done' || outcome === 'unclear'
    if (written && machine !== undefined && machineActionOf(action)?.mayWaitForRestart) {
      put(at, afterWrite(pendingStore.get()[at] ?? NOTHING_PENDING, machine, expects ?? {}, Date.now()))
    }
  })
}

/** Remembers the machine as it was just before an operation changes it. */
export function noteBeforeChange(key: string, vm: VirtualMachine): void {
  before.set(key, vm)
}

function updateAll(account: string, machines: readonly VirtualMachine[]): void {
  const all = pendingStore.get()
  for (const vm of machines) {
    const pending = all[pendingKey(account, vm.id)]
    if (pending !== undefined) put(pendingKey(account, vm.id), afterFetch(pending, vm))
  }
}

function put(key: string, pending: readonly PendingChange[]): void {
  const all = pendingStore.get()
  if (pending === (all[key] ?? NOTHING_PENDING)) return
  const { [key]: _, ...others } = all
  pendingStore.set(pending.length === 0 ? others : { ...others, [key]: pending })
}
