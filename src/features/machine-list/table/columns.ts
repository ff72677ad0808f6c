import { addressSortKey } from '../../../lib/addresses.ts'
import { formatMib } from '../../../lib/units.ts'
import { stateOf } from '../../../operations/state.ts'
import { yesNo } from '../../../lib/text.ts'
import type { MachineRow } from '../row.ts'

/** What a column is sorted by: numbers by value, before texts in natural order; null for what there is not, which comes last. */
export type SortValue = number | string | null

/** A column that the list can have. */
export interface Column {
  id: ColumnId
  label: string
  /** What it shows of a machine, as text; empty where there is nothing. */
  text: (row: MachineRow) => string
  sortBy: (row: MachineRow) => SortValue
  /** Set to the right, digits under digits. */
  numeric?: boolean
  /** Set in the typeface of addresses and names of the machinery. */
  mono?: boolean
  /** The least width that it has by itself, in rem, and its share of what is left. */
  rem: number
  share: number
}

// Running first, then what is on its way up, then stopped, then deleted.
const rank = ({ vm }: MachineRow) => (vm.deleted ? 3 : vm.power_on ? 0 : vm.autoreboot_on ? 1 : 2)

type Definition = Omit<Column, 'id' | 'text' | 'sortBy'> &
  Partial<Pick<Column, 'sortBy'>> & { text: (row: MachineRow) => string | null | undefined }

// The name stands first. Where a column does not say otherwise, its text is what it is sorted by.
const DEFINITIONS = {
  name: { label: 'Name', text: ({ vm }) => vm.name, rem: 6.5, share: 2 },
  state: {
    label: 'State',
    text: ({ vm }) => stateOf(vm, false, undefined).word,
    sortBy: rank,
    rem: 7.5,
    share: 2,
  },
  group: { label: 'Group', text: ({ group }) => group.group, rem: 5.5, share: 1 },
  address: {
    label: 'Address',
    text: ({ address }) => address,
    sortBy: ({ address }) => (address ? addressSortKey(address) : null),
    mono: true,
    rem: 7.75,
    share: 0.6,
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
  hardware_profile: { label: 'Profile', text: ({ vm }) => vm.hardware_profile, rem: 6.5, share: 1.6 },
  head: { label: 'Head', text: ({ vm }) => vm.head, mono: true, rem: 4.5, share: 0.6 },
  id: {
    label: 'Id',
    text: ({ vm }) => String(vm.id),
    sortBy: ({ vm }) => vm.id,
    numeric: true,
    rem: 4.5,
    share: 0.5,
  },
  hostname: { label: 'Hostname', text: ({ vm }) => vm.hostname, mono: true, rem: 10, share: 2.5 },
  autoreboot_on: { label: 'Autoreboot', text: ({ vm }) => yesNo(vm.autoreboot_on), rem: 6, share: 0.5 },
  zone_name: { label: 'Zone', text: ({ vm }) => vm.zone_name, rem: 5, share: 0.8 },
  last_imaged_with: { label: 'Last image', text: ({ vm }) => vm.last_imaged_with, rem: 6, share: 0.9 },
  keymap: { label: 'Keymap', text: ({ vm }) => vm.keymap, rem: 5, share: 0.5 },
  management_address: {
    label: 'Console',
    text: ({ vm }) => vm.management_address,
    sortBy: ({ vm }) => (vm.management_address ? addressSortKey(vm.management_address) : null),
    mono: true,
    rem: 7.75,
    share: 0.6,
  },
} satisfies Record<string, Definition>

export type ColumnId = keyof typeof DEFINITIONS

/** Every column by its id, which is BigV's own word for what it has where there is one. */
export const columns = Object.fromEntries(
  Object.entries<Definition>(DEFINITIONS).map(([id, { text, sortBy, ...rest }]) => [
    id,
    { id, text: (row) => text(row) ?? '', sortBy: sortBy ?? ((row) => text(row) || null), ...rest } as Column,
  ]),
) as Record<ColumnId, Column>

/** Every column's id, in the order in which they stand unless the user says otherwise. */
export const COLUMN_IDS = Object.keys(DEFINITIONS) as ColumnId[]

/** The columns that are there unless the user says otherwise. In a list of one group, that one is told by the heading. */
export const SHOWN_AT_FIRST: readonly ColumnId[] = [
  'name',
  'state',
  'group',
  'address',
  'cores',
  'memory',
  'hardware_profile',
  'head',
]

/** Whether the text is the id of a column. */
export function isColumnId(text: unknown): text is ColumnId {
  return typeof text === 'string' && Object.hasOwn(columns, text)
}
