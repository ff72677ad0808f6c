import { useEffect, useRef } from 'react'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { stateOf } from '../../operations/state.ts'
import { announce } from '../../ui/live-region.tsx'
import type { MachineRow } from './row.ts'

const MOST = 3

/** Has a screen reader say which machines have changed their state since the last reading; how many, when they are many. */
export function useAnnouncedChanges(machines: readonly MachineRow[] | undefined): void {
  const last = useRef<readonly MachineRow[]>([])
  useEffect(() => {
    if (machines === undefined) return
    const before = new Map(last.current.map(({ vm }) => [vm.id, vm]))
    last.current = machines
    const changed = machines.filter(({ vm }) => {
      const was = before.get(vm.id)
      return was !== undefined && was !== vm && wordOf(was) !== wordOf(vm)
    })
    if (changed.length === 0) return
    announce(
      changed.length > MOST
        ? `${changed.length} machines have changed their state.`
        : changed.map(({ vm }) => `${vm.name}: ${wordOf(vm)}.`).join(' '),
    )
  }, [machines])
}

function wordOf(vm: VirtualMachine): string {
  return stateOf(vm, false, undefined).word
}
