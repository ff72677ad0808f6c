import type { VirtualMachine } from '../api/virtual-machines.ts'
import { createStore } from '../lib/store.ts'
import { useNowSelected } from '../lib/use-now.ts'

/** A machine that has been restarting for longer than this counts as stopped, and as one that should be on. */
const RESTART_MS = 60_000

/** Since when this tab has seen each restarting machine off (ms since 1970), by id. BigV doesn't say how long it was off before. */
const since = createStore<ReadonlyMap<number, number>>(new Map())

interface FetchedTogether {
  machines: readonly VirtualMachine[]
  /** True for a machine that is being created. */
  creating: boolean
}

/** Notes which of the fetched machines are off although BigV turns them on again. `at`: when they were fetched, ms since 1970. */
export function noteRestarting({ machines, creating }: FetchedTogether, at = Date.now()): void {
  const before = since.get()
  let next: Map<number, number> | null = null
  for (const { id, power_on, autoreboot_on, deleted } of machines) {
    const restarting = !power_on && autoreboot_on && !deleted && !creating
    if (restarting === before.has(id)) continue
    next ??= new Map(before)
    if (restarting) next.set(id, at)
    else next.delete(id)
  }
  if (next !== null) since.set(next)
}

/** True if the machine has been seen restarting for more than 60 s. */
export function shouldBeOn(id: number, now: number): boolean {
  return now - (since.get().get(id) ?? Infinity) > RESTART_MS
}

/** The machines that have been restarting for more than 60 s, by id. The set stays the same object until its machines change. */
export function useShouldBeOn(): ReadonlySet<number> {
  const noted = since.use()
  const ids = useNowSelected((now) => [...noted.keys()].filter((id) => shouldBeOn(id, now)).join(' '))
  return setOf(ids)
}

let last = { ids: '', set: new Set<number>() }

function setOf(ids: string): ReadonlySet<number> {
  if (ids !== last.ids) last = { ids, set: new Set(ids.split(' ').filter(Boolean).map(Number)) }
  return last.set
}
