import { useEffect, useRef } from 'react'
import { stateOf } from '../../operations/state.ts'
import { announce } from '../../ui/live-region.tsx'
import type { MachineRow } from './row.ts'

const MOST = 3

/** Has a screen reader say which machines have changed their state since the last reading; how many, when they are many. */
export function useAnnouncedChanges(machines: readonly MachineRow[] | undefined): void {
  const known = useRef<ReadonlyMap<number, string>>(new Map())
  useEffect(() => {
    if (machines === undefined) return
    const now = new Map(machines.map(({ vm }) => [vm.id, stateOf(vm, false, undefined).word]))
    const changed = machines.filter(
      ({ vm: { id } }) => known.current.has(id) && known.current.get(id) !== now.get(id),
    )
    known.current = now
    if (changed.length === 0) return
    announce(
      changed.length > MOST
        ? `${changed.length} machines have changed their state.`
        : changed.map(({ vm: { id, name } }) => `${name}: ${now.get(id)}.`).join(' '),
    )
  }, [machines])
}
