import { replaceEqualDeep } from '@tanstack/react-query'
import { queryClient } from '../api/query-client.ts'
import { machineQueries, type MachineReading } from '../api/virtual-machines.ts'
import type { VirtualMachine } from '../api/virtual-machine.ts'
import type { GroupRef } from '../lib/links.ts'

/**
 * Takes a reading that an operation made for itself and shows it on every page that has the machine: its own, and its row
 * in the lists of its group.
 */
export function shareReading(ref: GroupRef, reading: MachineReading): void {
  queryClient.setQueryData(machineQueries.detail(ref, reading.vm.id).queryKey, reading)
  shareInLists(ref, reading.vm)
}

/** Does the same with a row of a list, which has no discs and NICs: the machine's own page keeps those it has. */
export function shareRow(ref: GroupRef, vm: VirtualMachine): void {
  queryClient.setQueryData(
    machineQueries.detail(ref, vm.id).queryKey,
    (old) => old && { ...old, vm: { ...old.vm, ...vm } },
  )
  shareInLists(ref, vm)
}

function shareInLists(ref: GroupRef, vm: VirtualMachine): void {
  // One row is no reading of the list: how old that is, and whether its last reading failed, stay as they are.
  for (const query of queryClient
    .getQueryCache()
    .findAll({ queryKey: [...machineQueries.group(ref), 'list'] })) {
    const list = query.state.data as VirtualMachine[] | undefined
    if (list) query.setState({ data: replaceEqualDeep(list, withRow(list, vm)) })
  }
}

/** Has everything that is shown of a group read again, now: an operation has ended there. */
export function refreshGroup(ref: GroupRef): void {
  void queryClient.invalidateQueries({ queryKey: [...machineQueries.group(ref), 'list'] })
  void queryClient.invalidateQueries({ queryKey: [...machineQueries.group(ref), 'machine'] })
}

// A row has fewer attributes than the single machine: it keeps those it has, with the values just read.
function withRow(list: VirtualMachine[], vm: VirtualMachine): VirtualMachine[] {
  const at = list.findIndex(({ id }) => id === vm.id)
  const row = list[at]
  if (row === undefined || Object.keys(row).every((key) => Object.is(row[key], vm[key]))) return list
  const changed = Object.fromEntries(Object.keys(row).map((key) => [key, key in vm ? vm[key] : row[key]]))
  return list.with(at, { ...row, ...changed })
}
