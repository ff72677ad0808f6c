import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useRef, useState, type FocusEvent, type MouseEvent, type PointerEvent } from 'react'
import { machinesInWords } from '../../../lib/machine-counts.ts'
import { Checkbox } from '../../../ui/fields/checkbox.tsx'
import { moveColumn, resizeColumn } from './column-settings.ts'
import { countRows, isColumnId, type Column, type ColumnId, type MachineRow, type Sort } from './columns.ts'
import { clearSelection, selectAlso, useSelectedIds, type Selection } from './selection.ts'

/** A header that is dragged less far than this counts as clicked. */
const DRAG_FROM_PX = 6

interface HeaderProps {
  rows: readonly MachineRow[]
  columns: readonly Column[]
  sort: Sort
  onSort: (by: ColumnId) => void
  selection: Selection
}

/** The column headers: a click sorts, a drag moves the column. */
export function TableHeader({ rows, columns, sort, onSort, selection }: HeaderProps) {
  const drag = useColumnDrag()
  return (
    <div
      role="row"
      aria-rowindex={1}
      className="group/row flex h-8.5 items-stretch max-md:scroll-sideways max-md:scroll-ps-11 md:grid md:min-w-(--least) md:grid-cols-(--tracks)"
      onFocus={reveal}
      {...drag.row}
    >
      <span
        role="columnheader"
        className="sticky left-0 z-1 flex w-11 shrink-0 items-center justify-center bg-raised"
      >
        <SelectAll selection={selection} rows={rows} />
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

/**
 * Scrolls a header into view that takes the focus by keyboard. WebKit itself stays where it is if the element has scroll-padding. After a
 * click, the header stays under the pointer.
 */
function reveal({ target }: FocusEvent<HTMLElement>): void {
  if (target.matches(':focus-visible')) target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** Selects all machines that the list shows, also those not on screen, or clears the selection. Its name and tooltip say which. */
function SelectAll({ selection, rows }: Pick<HeaderProps, 'selection' | 'rows'>) {
  const ids = useSelectedIds(selection)
  const some = ids.size > 0 && rows.some(({ vm }) => ids.has(vm.id))
  const all = some && rows.every(({ vm }) => ids.has(vm.id))
  const label = some ? 'Clear selection' : `Select all ${machinesInWords(countRows(rows))}`
  return (
    <Checkbox
      aria-label={label}
      title={label}
      checked={all}
      indeterminate={some && !all}
      onChange={() => {
        if (some) clearSelection(selection)
        else
          selectAlso(
            selection,
            rows.map(({ vm }) => vm.id),
          )
      }}
    />
  )
}

interface CellProps {
  column: Column
  sort: Sort
  onSort: (by: ColumnId) => void
  /** The side on which the dragged column would be dropped. */
  drop: 'left' | 'right' | null
}

function HeaderCell({ column: { id, label, numeric = false }, sort, onSort, drop }: CellProps) {
  const active = sort.by === id
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  const line = drop && { left: 'before:left-0', right: 'before:right-0' }[drop]
  return (
    <span
      role="columnheader"
      aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : undefined}
      data-column={id}
      className={`relative flex min-w-0 shrink-0 ${id === 'name' ? 'bg-raised md:sticky md:left-11 md:z-1' : ''} ${line ? `before:absolute before:inset-y-1 before:w-0.5 before:bg-accent ${line}` : ''}`}
    >
      <button
        type="button"
        onClick={() => onSort(id)}
        className={`flex w-full min-w-0 items-center gap-1 px-3 md:px-2 text-xs font-semibold whitespace-nowrap text-muted hover:text-text focus-visible:-outline-offset-2 ${numeric ? 'md:justify-end' : ''}`}
      >
        <span className="truncate">{label}</span>
        {active && <Arrow size={12} aria-hidden className="shrink-0" />}
      </button>
      <span
        // Hidden from screen readers: without a mouse, widths are set in the columns dialog.
        aria-hidden
        data-resize={id}
        title="Drag to resize, double-click for automatic width"
        onPointerDown={startResize}
        onDoubleClick={() => resizeColumn(id, null)}
        className="absolute inset-y-0 -right-1.5 z-2 w-3 cursor-col-resize touch-none after:absolute after:inset-y-2 after:left-1.5 after:w-px after:bg-line hover:after:bg-accent group-hover/row:after:bg-line-strong max-md:hidden"
      />
    </span>
  )

  function startResize(event: PointerEvent<HTMLSpanElement>) {
    if (event.button !== 0) return
    event.preventDefault()
    const handle = event.currentTarget
    const from = event.clientX
    const width = handle.parentElement?.getBoundingClientRect().width ?? 0
    handle.setPointerCapture(event.pointerId)
    const move = ({ clientX }: { clientX: number }) => {
      if (clientX !== from) resizeColumn(id, width + clientX - from)
    }
    const end = () => {
      handle.removeEventListener('pointermove', move)
      handle.removeEventListener('pointerup', end)
      handle.removeEventListener('pointercancel', end)
    }
    handle.addEventListener('pointermove', move)
    handle.addEventListener('pointerup', end)
    handle.addEventListener('pointercancel', end)
  }
}

interface Drop {
  target: ColumnId
  side: 'left' | 'right'
}

/** Moves columns by dragging their headers; a click still sorts. Users without a mouse move columns in the columns dialog. */
function useColumnDrag() {
  const drag = useRef<{ id: ColumnId; x: number; moving: boolean } | null>(null)
  const [drop, setDrop] = useState<Drop | null>(null)
  const dropped = useRef(false)

  const row = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const target = event.target as HTMLElement
      const id = target.closest<HTMLElement>('[data-column]')?.dataset['column']
      dropped.current = false
      // A touch scrolls the header, and a drag of the handle resizes the column.
      if (event.button !== 0 || event.pointerType === 'touch' || target.closest('[data-resize]')) return
      if (isColumnId(id) && id !== 'name') drag.current = { id, x: event.clientX, moving: false }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const now = drag.current
      if (now === null) return
      if (!now.moving) {
        if (Math.abs(event.clientX - now.x) < DRAG_FROM_PX) return
        now.moving = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }
      const next = dropAt(event.currentTarget, event.clientX, now.id)
      setDrop((before) => (before?.target === next?.target && before?.side === next?.side ? before : next))
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const now = drag.current
      drag.current = null
      if (now === null || !now.moving) return
      const to = dropAt(event.currentTarget, event.clientX, now.id)
      if (to !== null) moveColumn(now.id, to.target)
      dropped.current = true
      setDrop(null)
    },
    onPointerCancel: () => {
      drag.current = null
      setDrop(null)
    },
    // The click that ends a drag must not sort.
    onClickCapture: (event: MouseEvent<HTMLElement>) => {
      if (!dropped.current) return
      dropped.current = false
      event.stopPropagation()
    },
  }
  return { row, target: drop?.target ?? null, side: drop?.side ?? null }
}

/** The place where a column dragged to x would be dropped; null if it wouldn't move. */
function dropAt(row: HTMLElement, x: number, id: ColumnId): Drop | null {
  const cells = [...row.querySelectorAll<HTMLElement>('[data-column]')]
  const order = cells.map((cell) => cell.dataset['column'])
  const index = cells.findIndex((cell) => {
    const { left, right } = cell.getBoundingClientRect()
    return x >= left && x < right
  })
  const target = order[index]
  if (!isColumnId(target) || target === 'name' || target === id) return null
  return { target, side: index > order.indexOf(id) ? 'right' : 'left' }
}
