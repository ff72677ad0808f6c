import { useLayoutEffect, useRef, useState } from 'react'
import { createStore } from '../../../lib/store.ts'
import { windowPlace } from '../../../ui/window-place.ts'
import type { ColumnId } from './columns.ts'
import type { MachineRow } from '../row.ts'
import type { Selection } from '../selection/selection.ts'
import type { Sort } from './sorting.ts'
import { TableHeader } from './table-header.tsx'
import { TableRow } from './table-row.tsx'
import { useColumns, useTableSetting } from './table-setting.ts'
import { tracks } from './tracks.ts'
import { rowPx, useRowPx } from './row-height.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useRowLinks } from './use-row-links.ts'
import { useRowsInSight } from './use-rows-in-sight.ts'
import { useScrollTogether } from './use-scroll-together.ts'
import { useTop } from './use-top.ts'

interface Props {
  label: string
  rows: readonly MachineRow[]
  sort: Sort
  stale: boolean
  /** Whether all of them are deleted, and are here to be restored or purged. */
  deleted?: boolean
  onSort: (by: ColumnId) => void
  selection: Selection
  /** The machines are of every group of the account: each says its own. */
  everyGroup?: boolean
}

/** Machines as a table, or as cards on a phone. Only the rows in sight are on the page. */
export function MachineTable(props: Props) {
  const { label, rows, sort, stale, onSort, selection, deleted = false, everyGroup = false } = props
  const head = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const bar = useRef<HTMLDivElement>(null)
  const offset = useTop(body)
  const columns = useColumns(everyGroup)
  const { widths, density } = useTableSetting()
  const { height, covered } = useRowPx(density)
  const [current] = useState(() => createStore<number | null>(null))
  const currentId = current.use()
  const ids = rows.map(({ vm }) => vm.id)
  const currentIndex = currentId === null ? -1 : ids.indexOf(currentId)
  useScrollTogether(head, body, bar)
  useRowLinks(body)

  const { first, end } = useRowsInSight(rows.length, height, offset)
  const shown = rows.slice(first, end).map((row, at) => ({ row, index: first + at }))
  // The row that has the focus stays on the page, wherever one scrolls.
  const focused = rows[currentIndex]
  if (focused !== undefined && currentIndex < first) shown.unshift({ row: focused, index: currentIndex })
  if (focused !== undefined && currentIndex >= end) shown.push({ row: focused, index: currentIndex })

  // What clicks need of the list as it is then. A row that took it as a property would be drawn anew with each change of the list.
  const latest = useRef(ids)
  useLayoutEffect(() => {
    latest.current = ids
  })
  const firstInSight = () => Math.max(0, Math.ceil((scrollY + covered - offset) / height))
  const endInSight = () => Math.floor((scrollY + innerHeight - offset) / height)
  useRowKeys({
    body,
    ids,
    current,
    selection,
    page: Math.max(1, Math.floor((windowPlace().height - covered) / height) - 2),
    firstInSight,
    reveal: (index) => {
      const top = offset + index * height
      const highest = top - covered
      const lowest = top + height + UNDER_BAR_PX - innerHeight
      if (scrollY > highest) scrollTo({ top: highest, behavior: 'instant' })
      else if (scrollY < lowest) scrollTo({ top: lowest, behavior: 'instant' })
    },
  })

  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      style={{ ...tracks(columns, widths), ...rowPx(height) }}
      className={`rounded-xl border border-line bg-surface ${deleted ? '[--row-actions:9.75rem]' : ''}`}
    >
      <div
        ref={head}
        role="rowgroup"
        className="z-10 overflow-hidden rounded-t-xl border-b border-line bg-raised md:sticky md:top-12"
      >
        <TableHeader
          rows={rows}
          columns={columns}
          sort={sort}
          onSort={onSort}
          selection={selection}
          inSight={() => ids.slice(firstInSight(), Math.max(1, endInSight()))}
        />
      </div>
      <div ref={body} className="overflow-x-auto overflow-y-hidden rounded-b-xl [scrollbar-width:none]">
        <div role="rowgroup" className="relative md:min-w-(--least)" style={{ height: rows.length * height }}>
          {shown.map(({ row, index }) => (
            <TableRow
              key={row.vm.id}
              row={row}
              columns={columns}
              index={index}
              top={index * height}
              stale={stale}
              selection={selection}
              current={current}
              order={latest}
              deleted={deleted}
            />
          ))}
        </div>
      </div>
      {/* Where the columns are wider than the page, it is scrolled from wherever one is, not from the last row. */}
      <div ref={bar} aria-hidden tabIndex={-1} className="sticky bottom-0 overflow-x-auto max-md:hidden">
        <div className="h-px min-w-(--least)" />
      </div>
    </div>
  )
}

/** Room for the bar of the selection, below a row that the keys have come to. */
const UNDER_BAR_PX = 72
