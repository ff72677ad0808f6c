import { compareNatural } from '../../../lib/names.ts'
import { columns, isColumnId, type ColumnId, type SortValue } from './columns.ts'
import type { MachineRow } from '../row.ts'

/** The column that the list is sorted by, and whether backwards. */
export interface Sort {
  by: ColumnId
  descending: boolean
}

const BY_NAME: Sort = { by: 'name', descending: false }

/** Takes rows and returns them sorted, anew: what is missing last, and among equals by name, then id, whatever the direction. */
export function sortRows(rows: readonly MachineRow[], { by, descending }: Sort): MachineRow[] {
  const { sortBy } = columns[by]
  const direction = descending ? -1 : 1
  // What is sorted by is made once for each machine, not for each comparison.
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        if (a.value !== b.value) return a.value === null ? 1 : -1
      } else {
        const order = direction * compareValues(a.value, b.value)
        if (order !== 0) return order
      }
      return compareNatural(a.row.vm.name, b.row.vm.name) || a.row.vm.id - b.row.vm.id
    })
    .map(({ row }) => row)
}

/** Takes the URL's `sort` (cores, or -cores for descending) and returns what it means; by name where it means nothing. */
export function parseSort(parameter: string | null): Sort {
  const descending = parameter?.startsWith('-') ?? false
  const by = descending ? parameter?.slice(1) : parameter
  return isColumnId(by) ? { by, descending } : BY_NAME
}

/** Takes a sort and returns it as the URL has it, or null for the usual one. */
export function printSort({ by, descending }: Sort): string | null {
  if (by === 'name' && !descending) return null
  return descending ? `-${by}` : by
}

function compareValues(a: NonNullable<SortValue>, b: NonNullable<SortValue>): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1
  return typeof b === 'number' ? 1 : compareNatural(a, b)
}
