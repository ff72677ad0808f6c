import type { SortKey } from './sorting.ts'

interface Column {
  key: SortKey
  label: string
  numeric?: boolean
}

export const COLUMNS: readonly Column[] = [
  { key: 'name', label: 'Name' },
  { key: 'state', label: 'State' },
  { key: 'address', label: 'Address' },
  { key: 'cores', label: 'Cores', numeric: true },
  { key: 'memory', label: 'Memory', numeric: true },
  { key: 'hardware_profile', label: 'Profile' },
  { key: 'head', label: 'Head' },
]

/**
 * The tracks of the table's grid: the box to select by, one for each column, the menu; where there is room, a state has it for its age and
 * "overdue". On a phone a row is a card. Where all are deleted, the states need less room, and the actions more.
 */
export const GRID =
  'md:grid-cols-[2.75rem_minmax(8rem,2.2fr)_minmax(9.5rem,1.9fr)_minmax(7.5rem,1.3fr)_minmax(3.5rem,.6fr)_minmax(5rem,.8fr)_minmax(9.75rem,1.1fr)_minmax(5rem,.9fr)_var(--row-actions,2.75rem)] xl:grid-cols-[2.75rem_minmax(9rem,2.2fr)_minmax(var(--row-state,15.5rem),1.6fr)_minmax(7.5rem,1fr)_minmax(3.5rem,.5fr)_minmax(5rem,.6fr)_minmax(9.75rem,1fr)_minmax(5rem,.7fr)_var(--row-actions,2.75rem)]'
