import type { OverviewSummary, VirtualMachine } from '../../../api/virtual-machines.ts'
import { groupName } from '../../../api/groups.ts'
import { addressSortKey } from '../../../lib/addresses.ts'
import type { GroupRef } from '../../../lib/links.ts'
import { countMachines, type MachineCounts } from '../../../lib/machine-counts.ts'
import { compareNatural } from '../../../lib/names.ts'
import { yesNo } from '../../../lib/text.ts'
import { formatMib } from '../../../lib/units.ts'
import { stateOf } from '../../../operations/state.ts'

/** A machine in a list, with data that BigV's list lacks (see OverviewSummary), once that is fetched. */
export interface MachineRow extends Partial<OverviewSummary> {
  group: GroupRef
  vm: VirtualMachine
  address: string | undefined
  discs: number | undefined
}

/** Numbers sort by value, and come before texts, which sort in natural order. Null (no value) comes last. */
type SortValue = number | string | null

export interface Column {
  id: ColumnId
  label: string
  /** The text of a cell; empty for no value. */
  text: (row: MachineRow) => string
  sortBy: (row: MachineRow) => SortValue
  /** True to align the text right, digits under digits. */
  numeric?: boolean
  /** True for monospace, as for addresses and technical names. */
  mono?: boolean
  /** The automatic width: a minimum in rem, and a share of the remaining space. */
  rem: number
  share: number
}

/** A machine's addresses, the first IPv4 address first. */
export function addressesIn({ address, further = '' }: Pick<MachineRow, 'address' | 'further'>): string[] {
  return [address ?? '', ...further.split(' ')].filter(Boolean)
}

const addressSortKeyOf = (address: string | null | undefined) => (address ? addressSortKey(address) : null)

// Sorts running machines first, then restarting, stopped and deleted ones.
const rank = ({ vm }: MachineRow) => (vm.deleted ? 3 : vm.power_on ? 0 : vm.autoreboot_on ? 1 : 2)

type Definition = Omit<Column, 'id' | 'text' | 'sortBy'> &
  Partial<Pick<Column, 'sortBy'>> & { text: (row: MachineRow) => string | null | undefined }

// The columns in their default order. A column without `sortBy` is sorted by its text.
const DEFINITIONS = {
  name: { label: 'Name', text: ({ vm }) => vm.name, rem: 6.5, share: 1.6 },
  state: {
    label: 'State',
    text: ({ vm }) => stateOf(vm, false, undefined).word,
    sortBy: rank,
    rem: 7.5,
    share: 2.2,
  },
  group: { label: 'Group', text: ({ group }) => groupName(group), rem: 5.5, share: 1 },
  address: {
    label: 'Addresses',
    text: (row) => addressesIn(row).join(' '),
    sortBy: (row) => addressSortKeyOf(addressesIn(row)[0]),
    mono: true,
    rem: 7.75,
    share: 1.6,
  },
  cores: {
    label: 'Cores',
    text: ({ vm }) => String(vm.cores),
    sortBy: ({ vm }) => vm.cores,
    numeric: true,
    rem: 4,
    share: 0.5,
  },
  memory: {
    label: 'Memory',
    text: ({ vm }) => formatMib(vm.memory),
    sortBy: ({ vm }) => vm.memory,
    numeric: true,
    rem: 5,
    share: 0.6,
  },
  discs: {
    label: 'Discs',
    text: ({ discs }) => (discs === undefined ? '' : formatMib(discs)),
    sortBy: ({ discs }) => discs ?? null,
    numeric: true,
    rem: 5,
    share: 0.6,
  },
  hardware_profile: { label: 'Profile', text: ({ vm }) => vm.hardware_profile, rem: 6.5, share: 2.2 },
  head: { label: 'Head', text: ({ vm }) => vm.head, mono: true, rem: 4.5, share: 0.6 },
  id: {
    label: 'ID',
    text: ({ vm }) => String(vm.id),
    sortBy: ({ vm }) => vm.id,
    numeric: true,
    rem: 4.5,
    share: 0.5,
  },
  hostname: { label: 'Hostname', text: ({ vm }) => vm.hostname, mono: true, rem: 10, share: 2.5 },
  autoreboot_on: {
    label: 'Automatic restart',
    text: ({ vm }) => yesNo(vm.autoreboot_on),
    rem: 8,
    share: 0.5,
  },
  zone_name: { label: 'Zone', text: ({ vm }) => vm.zone_name, rem: 5, share: 0.8 },
  last_imaged_with: { label: 'Last image', text: ({ vm }) => vm.last_imaged_with, rem: 6, share: 0.9 },
  keymap: { label: 'Keymap', text: ({ vm }) => vm.keymap, rem: 5, share: 0.5 },
  management_address: {
    label: 'Console',
    text: ({ vm }) => vm.management_address,
    sortBy: ({ vm }) => addressSortKeyOf(vm.management_address),
    mono: true,
    rem: 7.75,
    share: 0.6,
  },
} satisfies Record<string, Definition>

export type ColumnId = keyof typeof DEFINITIONS

/** Every column by its id, which is BigV's attribute name if there is one. */
export const columns = Object.fromEntries(
  Object.entries<Definition>(DEFINITIONS).map(([id, { text, sortBy, ...rest }]) => [
    id,
    { id, text: (row) => text(row) ?? '', sortBy: sortBy ?? ((row) => text(row) || null), ...rest } as Column,
  ]),
) as Record<ColumnId, Column>

export const COLUMN_IDS = Object.keys(DEFINITIONS) as ColumnId[]

/** The columns shown by default. A list of one group never shows the group. */
export const SHOWN_BY_DEFAULT: readonly ColumnId[] = [
  'name',
  'state',
  'group',
  'address',
  'cores',
  'memory',
  'hardware_profile',
  'head',
]

export function isColumnId(text: unknown): text is ColumnId {
  return typeof text === 'string' && Object.hasOwn(columns, text)
}

export interface Sort {
  by: ColumnId
  descending: boolean
}

const BY_NAME: Sort = { by: 'name', descending: false }

/** Counts the machines in these rows. Deleted machines are counted separately. */
export const countRows = (rows: readonly MachineRow[]): MachineCounts =>
  countMachines(rows.map(({ vm }) => vm))

/** Returns a sorted copy. In either direction, missing values come last, and equal values are sorted by name, then by id. */
export function sortRows(rows: readonly MachineRow[], { by, descending }: Sort): MachineRow[] {
  const { sortBy } = columns[by]
  const direction = descending ? -1 : 1
  // Sort values are computed once per machine, not per comparison.
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

/** Parses the URL's `sort`: "cores", or "-cores" for descending. If the value is invalid, the order is by name. */
export function parseSort(parameter: string | null): Sort {
  const descending = parameter?.startsWith('-') ?? false
  const by = descending ? parameter?.slice(1) : parameter
  return isColumnId(by) ? { by, descending } : BY_NAME
}

/** The URL's `sort` for a sort order, null for the default. */
export function printSort({ by, descending }: Sort): string | null {
  if (by === 'name' && !descending) return null
  return descending ? `-${by}` : by
}

function compareValues(a: NonNullable<SortValue>, b: NonNullable<SortValue>): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1
  return typeof b === 'number' ? 1 : compareNatural(a, b)
}
