import { machineActionOf } from '../actions/index.ts'
import { isWhole, type AccountOverview } from '../api/accounts.ts'
import { queryClient } from '../api/query-client.ts'
import type { MachineData, VirtualMachine } from '../api/virtual-machines.ts'
import { onOperationEnd } from './store.ts'
import {
  afterReading,
  afterWrite,
  NOTHING_WAITS,
  waitingKey,
  waitingStore,
  type WaitingChange,
} from './waiting-restart.ts'

/** Machines as they were before a change that is under way, by the operation's key. */
const before = new Map<string, VirtualMachine>()

/** Follows which changes wait for a restart, from every write here and every fetch. Call once. */
export function followWaitingChanges(): void {
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const [root, account, kind, , what] = event.query.queryKey
    if (root !== 'accounts' || typeof account !== 'string' || Object.keys(waitingStore.get()).length === 0)
      return
    // By their keys these hold what accountQueries and machineQueries fetch.
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
    // It was off on the way, even if no fetch has shown it.
    if (machineActionOf(action)?.powersOff && outcome === 'done') put(at, NOTHING_WAITS)
    // Where BigV did not answer, the next fetch shows whether anything waits.
    const written = outcome === 'done' || outcome === 'unclear'
    if (written && machine !== undefined && machineActionOf(action)?.mayWaitForRestart) {
      put(at, afterWrite(waitingStore.get()[at] ?? NOTHING_WAITS, machine, expects ?? {}, Date.now()))
    }
  })
}

/** Keeps the machine as it was just before an operation changes it. */
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
