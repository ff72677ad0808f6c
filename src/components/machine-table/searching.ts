import type { MachineRow } from './row.ts'

/** Takes rows and what was typed, and returns the rows that have every word of it in name, hostname, id or address. */
export function searchRows(rows: readonly MachineRow[], query: string): readonly MachineRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter(({ vm, address }) => {
    const texts = [vm.name, vm.hostname, String(vm.id), address].map((text) => text?.toLowerCase() ?? '')
    return words.every((word) => texts.some((text) => text.includes(word)))
  })
}
