import { compareAddresses } from '../../lib/addresses.ts'
import { compareNatural } from '../../lib/natural-order.ts'
import type { MachineRow } from './row.ts'

/** A column that the list can be sorted by, and whether backwards. */
export interface Sort {
  by: SortKey
  descending: boolean
}

export type SortKey = keyof typeof comparators

type Comparator = (a: MachineRow, b: MachineRow) => number

// Running first, then what is on its way up, then stopped, then deleted.
const rank = ({ vm }: MachineRow) => (vm.deleted ? 3 : vm.power_on ? 0 : vm.autoreboot_on ? 1 : 2)
const comparators = {
  name: (a, b) => compareNatural(a.vm.name, b.vm.name),
  state: (a, b) => rank(a) - rank(b),
  address: (a, b) => compareAddresses(a.address, b.address),
  cores: (a, b) => a.vm.cores - b.vm.cores,
  memory: (a, b) => a.vm.memory - b.vm.memory,
  hardware_profile: (a, b) => compareNatural(a.vm.hardware_profile ?? '', b.vm.hardware_profile ?? ''),
  head: (a, b) => compareNatural(a.vm.head ?? '', b.vm.head ?? ''),
} satisfies Record<string, Comparator>

// What may be missing. It is nothing to look at, so it comes last either way.
const isMissing: Partial<Record<SortKey, (row: MachineRow) => boolean>> = {
  address: ({ address }) => !address,
  hardware_profile: ({ vm }) => !vm.hardware_profile,
  head: ({ vm }) => !vm.head,
}

const BY_NAME: Sort = { by: 'name', descending: false }

/** Takes rows and returns them sorted, anew: what is missing last, and among equals by name, then id, whatever the direction. */
export function sortRows(rows: readonly MachineRow[], { by, descending }: Sort): MachineRow[] {
  const compare: Comparator = comparators[by]
  const missing = isMissing[by] ?? (() => false)
  const direction = descending ? -1 : 1
  return rows.toSorted(
    (a, b) =>
      Number(missing(a)) - Number(missing(b)) ||
      direction * compare(a, b) ||
      compareNatural(a.vm.name, b.vm.name) ||
      a.vm.id - b.vm.id,
  )
}

/** Takes the URL's `sort` (cores, or -cores for descending) and returns what it means; by name where it means nothing. */
export function parseSort(parameter: string | null): Sort {
  const descending = parameter?.startsWith('-') ?? false
  const by = descending ? parameter?.slice(1) : parameter
  return by && isSortKey(by) ? { by, descending } : BY_NAME
}

/** Takes a sort and returns it as the URL has it, or null for the usual one. */
export function printSort({ by, descending }: Sort): string | null {
  if (by === 'name' && !descending) return null
  return descending ? `-${by}` : by
}

function isSortKey(key: string): key is SortKey {
  return Object.hasOwn(comparators, key)
}
