import { useEffect, useRef } from 'react'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { stateOf } from '../../operations/state.ts'
import { operations } from '../../operations/store.ts'
import { announce } from '../../ui/live-region.tsx'

/** Up to this many changes are announced by machine name. If there are more, only their number is announced. */
const MAX_NAMED = 3
/** A list may show the result of an operation only at its next refresh. The longest interval is a minute. */
const OWN_MS = 60_000

interface Shown {
  vm: VirtualMachine
  creating?: boolean
}

/**
 * Announces which machines changed state in the last refresh, but not the first states, and not what this tab's operations did: the
 * operations are announced themselves (components/actions/operation-toasts.ts).
 */
export function useAnnouncedStates(machines: readonly Shown[] | undefined): void {
  const last = useRef<readonly Shown[]>([])
  useEffect(() => {
    if (machines === undefined) return
    const before = new Map(last.current.map((shown) => [shown.vm.id, shown]))
    last.current = machines
    const changed = machines.filter((shown) => {
      const was = before.get(shown.vm.id)
      return was !== undefined && was !== shown && wordOf(was) !== wordOf(shown)
    })
    if (changed.length === 0) return
    const own = ownTargets(Date.now())
    const others = changed.filter(({ vm }) => !own.has(vm.id))
    if (others.length > MAX_NAMED) announce(`${others.length} machines changed state.`)
    else if (others.length > 0)
      announce(others.map((shown) => `${shown.vm.name}: ${wordOf(shown)}.`).join(' '))
  }, [machines])
}

/** The ids of the machines that this tab's operations are changing, or changed within the last minute. */
function ownTargets(now: number): Set<number | null | undefined> {
  const own = operations().filter(
    ({ otherTab, endedAt }) => !otherTab && (endedAt === null || now - endedAt < OWN_MS),
  )
  return new Set(own.flatMap(({ target, also }) => [target.id, also?.id]))
}

function wordOf({ vm, creating = false }: Shown): string {
  return stateOf(vm, creating, undefined).word
}
