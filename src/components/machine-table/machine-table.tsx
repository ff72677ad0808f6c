import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { Link } from 'react-router'
import { links, type GroupRef } from '../../lib/links.ts'
import { formatMib } from '../../lib/units.ts'
import { useInFlight } from '../../operations/use-operations.ts'
import { PowerMenu } from '../power/power-menu.tsx'
import { StateBadge } from '../state-badge.tsx'
import { WaitingTag } from '../waiting-tag.tsx'
import { COLUMNS, GRID } from './columns.ts'
import type { MachineRow } from './row.ts'
import type { Sort, SortKey } from './sorting.ts'
import { useTop } from './use-top.ts'

interface Props {
  group: GroupRef
  rows: readonly MachineRow[]
  sort: Sort
  stale: boolean
  onSort: (by: SortKey) => void
}

const ROW_PX = 38
const CARD_PX = 60
const wide = matchMedia('(min-width: 48rem)')

/** The machines of a group as a table, or as cards on a phone. Only the rows in sight are on the page. */
export function MachineTable({ group, rows, sort, stale, onSort }: Props) {
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

  return (
    <div
      role="table"
      aria-label={`Machines of ${group.group}`}
      aria-rowcount={rows.length + 1}
      className="rounded-xl border border-line bg-surface"
    >
      <div
        role="rowgroup"
        className="sticky top-12 z-10 rounded-t-xl border-b border-line bg-raised max-md:static"
      >
        <div
          role="row"
          aria-rowindex={1}
          className={`flex h-8.5 items-stretch overflow-x-auto md:grid ${GRID}`}
        >
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
      <div role="rowgroup" ref={body} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          return (
            row && (
              <Row
                key={key}
                group={group}
                vm={row.vm}
                address={row.address}
                index={index}
                top={start - offset}
                stale={stale}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

interface HeaderProps {
  by: SortKey
  label: string
  numeric: boolean
  sort: Sort
  onSort: (by: SortKey) => void
}

function HeaderCell({ by, label, numeric, sort, onSort }: HeaderProps) {
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

interface RowProps {
  group: GroupRef
  vm: MachineRow['vm']
  address: string | undefined
  index: number
  top: number
  stale: boolean
}

// The one place where memo is kept by hand: a refresh of thousands of unchanged machines re-renders none of them.
const Row = memo(function Row({ group, vm, address, index, top, stale }: RowProps) {
  const operation = useInFlight(vm.id)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)` }}
      className={`absolute inset-x-0 top-0 grid h-15 grid-cols-[minmax(0,1fr)_auto_2.25rem] items-center border-b border-line px-1 last:border-b-0 hover:bg-raised md:h-9.5 md:px-0 ${GRID}`}
    >
      <span role="cell" className="flex items-center gap-2 px-3 max-md:row-start-1 max-md:self-end">
        <Link
          to={links.machine(group, vm.name)}
          title={vm.hostname ?? vm.name}
          className="min-w-0 truncate font-semibold hover:underline max-md:min-h-6"
        >
          {vm.name}
        </Link>
        <WaitingTag account={group.account} id={vm.id} />
      </span>
      <span role="cell" className="truncate px-3 max-md:row-span-2 max-md:row-start-1">
        <StateBadge vm={vm} creating={false} operation={operation} stale={stale} />
      </span>
      <span
        role="cell"
        className="truncate px-3 font-mono text-xs max-md:col-start-1 max-md:row-start-2 max-md:self-start max-md:text-muted"
      >
        {address ?? <Nothing />}
      </span>
      <span role="cell" className="px-3 text-right max-md:sr-only">
        {vm.cores}
      </span>
      <span role="cell" className="px-3 text-right whitespace-nowrap max-md:sr-only">
        {formatMib(vm.memory)}
      </span>
      <span role="cell" className="truncate px-3 text-muted max-md:sr-only">
        {vm.hardware_profile ?? <Nothing />}
      </span>
      <span role="cell" className="truncate px-3 font-mono text-xs text-muted max-md:sr-only">
        {vm.head ?? <Nothing />}
      </span>
      <span role="cell" className="flex justify-end px-1.5 max-md:row-span-2 max-md:row-start-1 max-md:px-0">
        <PowerMenu group={group} vm={vm} />
      </span>
    </div>
  )
})

function Nothing() {
  return (
    <>
      <span aria-hidden>–</span>
      <span className="sr-only">none</span>
    </>
  )
}

function subscribeWide(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}
