import { ArrowDown, ArrowUp } from 'lucide-react'
import { COLUMNS, GRID } from './columns.ts'
import type { MachineRow } from './row.ts'
import { SelectInSight } from './select-boxes.tsx'
import type { Selection } from './selection.ts'
import type { Sort, SortKey } from './sorting.ts'

interface Props {
  rows: readonly MachineRow[]
  sort: Sort
  onSort: (by: SortKey) => void
  selection: Selection
  inSight: () => readonly number[]
}

/** The names of the columns, which sort by them. */
export function TableHeader({ rows, sort, onSort, selection, inSight }: Props) {
  return (
    <div
      role="rowgroup"
      className="sticky top-12 z-10 rounded-t-xl border-b border-line bg-raised max-md:static"
    >
      <div
        role="row"
        aria-rowindex={1}
        className={`flex h-8.5 items-stretch overflow-x-auto md:grid ${GRID}`}
      >
        <span
          role="columnheader"
          className="flex items-center px-3 max-md:sticky max-md:left-0 max-md:bg-raised"
        >
          <SelectInSight selection={selection} rows={rows} inSight={inSight} />
        </span>
        {COLUMNS.map(({ key, label, numeric }) => (
          <HeaderCell
            key={key}
            by={key}
            label={label}
            numeric={numeric === true}
            sort={sort}
            onSort={onSort}
          />
        ))}
        <span role="columnheader" className="max-md:hidden">
          <span className="sr-only">Actions</span>
        </span>
      </div>
    </div>
  )
}

interface CellProps {
  by: SortKey
  label: string
  numeric: boolean
  sort: Sort
  onSort: (by: SortKey) => void
}

function HeaderCell({ by, label, numeric, sort, onSort }: CellProps) {
  const active = sort.by === by
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  return (
    <span
      role="columnheader"
      aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : undefined}
      className="flex shrink-0"
    >
      <button
        type="button"
        onClick={() => onSort(by)}
        className={`flex w-full items-center gap-1 px-3 text-xs font-semibold whitespace-nowrap text-muted hover:text-text focus-visible:-outline-offset-2 ${numeric ? 'md:justify-end' : ''}`}
      >
        {label}
        {active && <Arrow size={12} aria-hidden />}
      </button>
    </span>
  )
}
