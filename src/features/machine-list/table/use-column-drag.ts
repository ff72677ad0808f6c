import { useRef, useState, type MouseEvent, type PointerEvent } from 'react'
import { isColumnId, type ColumnId } from './columns.ts'
import { moveColumn } from './table-setting.ts'

const BEGINS_AT_PX = 6

interface Drop {
  target: ColumnId
  side: 'left' | 'right'
}

/** Lets the columns be dragged by their names to another place; a click stays a click. By keyboard they are moved in their dialog. */
export function useColumnDrag() {
  const drag = useRef<{ id: ColumnId; x: number; moving: boolean } | null>(null)
  const [drop, setDrop] = useState<Drop | null>(null)
  const dropped = useRef(false)

  const row = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const target = event.target as HTMLElement
      const id = target.closest<HTMLElement>('[data-column]')?.dataset['column']
      dropped.current = false
      // A finger scrolls the names; a handle resizes.
      if (event.button !== 0 || event.pointerType === 'touch' || target.closest('[data-resize]')) return
      if (isColumnId(id) && id !== 'name') drag.current = { id, x: event.clientX, moving: false }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const now = drag.current
      if (now === null) return
      if (!now.moving) {
        if (Math.abs(event.clientX - now.x) < BEGINS_AT_PX) return
        now.moving = true
        event.currentTarget.setPointerCapture(event.pointerId)
      }
      const next = over(event.currentTarget, event.clientX, now.id)
      setDrop((before) => (before?.target === next?.target && before?.side === next?.side ? before : next))
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const now = drag.current
      drag.current = null
      if (now === null || !now.moving) return
      const to = over(event.currentTarget, event.clientX, now.id)
      if (to !== null) moveColumn(now.id, to.target)
      dropped.current = true
      setDrop(null)
    },
    onPointerCancel: () => {
      drag.current = null
      setDrop(null)
    },
    // The click that ends a drag sorts nothing.
    onClickCapture: (event: MouseEvent<HTMLElement>) => {
      if (!dropped.current) return
      dropped.current = false
      event.stopPropagation()
    },
  }
  return { row, target: drop?.target ?? null, side: drop?.side ?? null }
}

/** Where a column that is held over the names at x would come to stand; null where it would not move. */
function over(row: HTMLElement, x: number, id: ColumnId): Drop | null {
  const cells = [...row.querySelectorAll<HTMLElement>('[data-column]')]
  const order = cells.map((cell) => cell.dataset['column'])
  const place = cells.findIndex((cell) => {
    const { left, right } = cell.getBoundingClientRect()
    return x >= left && x < right
  })
  const target = order[place]
  if (!isColumnId(target) || target === 'name' || target === id) return null
  return { target, side: place > order.indexOf(id) ? 'right' : 'left' }
}
