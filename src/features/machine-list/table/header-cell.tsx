import { ArrowDown, ArrowUp } from 'lucide-react'
import type { PointerEvent } from 'react'
import type { Column, ColumnId } from './columns.ts'
import type { Sort } from './sorting.ts'
import { sizeColumn } from './table-setting.ts'

interface Props {
  column: Column
  sort: Sort
  onSort: (by: ColumnId) => void
  /** The side on which a column that is being dragged would come to stand. */
  drop: 'left' | 'right' | null
}

/** The name of a column: sorts by it, and has a handle for its width. */
export function HeaderCell({ column: { id, label, numeric = false }, sort, onSort, drop }: Props) {
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
        // By keyboard, and without dragging, widths are given in the dialog of the columns.
        aria-hidden
        data-resize={id}
        title="Drag to resize, double click to fit"
        onPointerDown={startResize}
        onDoubleClick={() => sizeColumn(id, null)}
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
      if (clientX !== from) sizeColumn(id, width + clientX - from)
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
