import type { Column, ColumnId } from './columns.ts'
import { HeaderCell } from './header-cell.tsx'
import type { MachineRow } from '../row.ts'
import { SelectInSight } from '../selection/select-boxes.tsx'
import type { Selection } from '../selection/selection.ts'
import type { Sort } from './sorting.ts'
import { useColumnDrag } from './use-column-drag.ts'

interface Props {
  rows: readonly MachineRow[]
  columns: readonly Column[]
  sort: Sort
  onSort: (by: ColumnId) => void
  selection: Selection
  inSight: () => readonly number[]
}

/** The names of the columns, which sort by them, and are dragged to where one wants them. */
export function TableHeader({ rows, columns, sort, onSort, selection, inSight }: Props) {
  const drag = useColumnDrag()
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="group/row flex h-8.5 items-stretch max-md:overflow-x-auto md:grid md:min-w-(--least) md:grid-cols-(--tracks)"
      {...drag.row}
    >
      <span
        role="columnheader"
        className="sticky left-0 z-1 flex w-11 shrink-0 items-center justify-center bg-raised"
      >
        <SelectInSight selection={selection} rows={rows} inSight={inSight} />
      </span>
      {columns.map((column) => (
        <HeaderCell
          key={column.id}
          column={column}
          sort={sort}
          onSort={onSort}
          drop={drag.target === column.id ? drag.side : null}
        />
      ))}
      <span role="columnheader" className="col-end-[-1] bg-raised max-md:hidden md:sticky md:right-0">
        <span className="sr-only">Actions</span>
      </span>
    </div>
  )
}
