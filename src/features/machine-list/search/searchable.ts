import type { VirtualMachine } from '../../../api/virtual-machines.ts'
import type { Searchable } from '../../../lib/search/match.ts'
import { stateOf } from '../../../operations/state.ts'
import type { MachineRow } from '../row.ts'

interface Prepared extends Searchable {
  address: string | undefined
  further: string | undefined
}

const prepared = new WeakMap<VirtualMachine, Prepared>()
const AT_REST = {
  deleted: ['deleted'],
  running: ['running'],
  restarting: ['restarting'],
  stopped: ['stopped'],
  moving: ['changing'],
}

/** Takes a row and returns what a search can ask of it: the same object as long as the machine is the same. */
export function searchableOf({ vm, address, further, group }: MachineRow): Searchable {
  const known = prepared.get(vm)
  if (known?.address === address && known?.further === further && known?.group === group.group) return known
  const made: Prepared = {
    id: vm.id,
    name: vm.name,
    hostname: vm.hostname ?? null,
    address,
    further,
    addresses: [address ?? '', ...(further ?? '').split(' ')].filter(Boolean),
    states: AT_REST[stateOf(vm, false, undefined).kind],
    group: group.group,
    head: vm.head ?? null,
    hardware_profile: vm.hardware_profile ?? null,
    cores: vm.cores,
    memory: vm.memory,
  }
  prepared.set(vm, made)
  return made
}

/** Takes the word of a change on its way ("Shutting down…") and returns the states that `is:` knows it by. */
export function movingStates(word: string): readonly string[] {
  return ['changing', word.toLowerCase().replace('…', '').replaceAll(' ', '-')]
}
