import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type { MachineRow } from './row.ts'
import type { Selection } from './selection.ts'
import type { Sort, SortKey } from './sorting.ts'
import { TableHeader } from './table-header.tsx'
import { TableRow } from './table-row.tsx'
import { useTop } from './use-top.ts'

interface Props {
  label: string
  rows: readonly MachineRow[]
  sort: Sort
  stale: boolean
  /** Whether all of them are deleted, and are here to be restored or purged. */
  deleted?: boolean
  onSort: (by: SortKey) => void
  selection: Selection
}

const ROW_PX = 38
const CARD_PX = 60
/** What stands over the rows while one scrolls: the page's bar and the names of the columns. */
const COVERED_PX = 48 + 34
const wide = matchMedia('(min-width: 48rem)')

/** Machines as a table, or as cards on a phone. Only the rows in sight are on the page. */
export function MachineTable({ label, rows, sort, stale, deleted = false, onSort, selection }: Props) {
  const body = useRef<HTMLDivElement>(null)
  const offset = useTop(body)
  const isWide = useSyncExternalStore(subscribeWide, () => wide.matches)
  const height = isWide ? ROW_PX : CARD_PX
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.vm.id ?? index,
    overscan: 8,
    scrollMargin: offset,
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, height])

  // What clicks need of the list as it is then. A row that took it as a property would be drawn anew with each change of the list.
  const latest = useRef(rows)
  useEffect(() => {
    latest.current = rows
  })
  const order = useCallback(() => latest.current.map(({ vm }) => vm.id), [])
  const inSight = () => {
    const first = Math.ceil((scrollY + (isWide ? COVERED_PX : 48) - offset) / height)
    const end = Math.floor((scrollY + innerHeight - offset) / height)
    return order().slice(Math.max(0, first), Math.max(1, end))
  }

  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      className={`rounded-xl border border-line bg-surface ${deleted ? '[--row-actions:9.75rem] [--row-state:9.5rem]' : ''}`}
    >
      <TableHeader rows={rows} sort={sort} onSort={onSort} selection={selection} inSight={inSight} />
      <div role="rowgroup" ref={body} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          return (
            row && (
              <TableRow
                key={key}
                group={row.group}
                vm={row.vm}
                address={row.address}
                index={index}
                top={start - offset}
                stale={stale}
                selection={selection}
                order={order}
                deleted={deleted}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

function subscribeWide(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}
