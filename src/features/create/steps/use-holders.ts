import { useQuery } from '@tanstack/react-query'
import { machineQueries, type VirtualMachine } from '../../../api/virtual-machines.ts'
import type { GroupRef } from '../../../lib/links.ts'

/** How old the list may be by which a name is called taken. What decides is the reading before the request. */
const FRESH_MS = 30_000

/** Takes the names to be and returns the machines of the group that have one of them, deleted ones included, as last read. */
export function useHolders(group: GroupRef, names: readonly string[]): VirtualMachine[] {
  const list = useQuery({ ...machineQueries.list(group, true), staleTime: FRESH_MS, retry: false })
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  return (list.data ?? []).filter(({ name }) => wanted.has(name.toLowerCase()))
}
