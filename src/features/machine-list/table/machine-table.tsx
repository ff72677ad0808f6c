import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type RefObject } from 'react'
import { useNavigate } from 'react-router'
import { createStore } from '../../../lib/store.ts'
import { grouping, type GroupedRows } from './use-grouped.ts'
import { useColumns, useTableSetting } from './column-settings.ts'
import type { Column, ColumnId, MachineRow, Sort } from './columns.ts'
import { PrintedTable } from './printed-table.tsx'
import { NOT_POINTED, useRowKeys, type Pointed } from './row-keys.ts'
import type { Selection } from './selection.ts'
import { TableHeader } from './table-header.tsx'
import { TableRow } from './table-row.tsx'
import { useCards, useVisibleRows } from './visible-rows.ts'

interface Props {
  label: string
  rows: readonly MachineRow[]
  /** The rows under headings; null without a grouping. */
  grouped: GroupedRows | null
  sort: Sort
  stale: boolean
  /** True in the list of deleted machines, whose rows have Undelete and Purge buttons. */
  deleted?: boolean
  onSort: (by: ColumnId) => void
  selection: Selection
  /** True in the list of the whole account, which has a group column. */
  everyGroup?: boolean
  /** True while the user is typing in the search. */
  isTyping?: boolean
}

/** Machines as a table, or as cards on a phone. Only rows near the window are rendered. */
export function MachineTable(props: Props) {
  const { label, rows, grouped, sort, stale, onSort, selection, deleted = false, everyGroup = false } = props
  const { isTyping = false } = props
  const head = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const bar = useRef<HTMLDivElement>(null)
  const columns = useColumns(everyGroup)
  const { widths, density } = useTableSetting()
  const [current] = useState(() => createStore<number | null>(null))
  const [pointed] = useState(() => createStore<Pointed>(NOT_POINTED))
  const currentId = current.use()
  const ids = rows.map(({ vm }) => vm.id)
  const index = currentId === null ? -1 : ids.indexOf(currentId)
  const lines = grouped?.lines ?? rows
  const currentLine = grouped?.lineOf(index) ?? index
  useScrollTogether(head, body, bar)
  useRowLinks(body)

  const visible = useVisibleRows(lines.length, density, body, isTyping)
  const { first, end, rem } = visible
  const cards = useCards()
  const shown = lines.slice(first, end).map((line, at) => ({ line, index: first + at }))
  // The row with the focus stays rendered, wherever the user scrolls.
  const focused = rows[index]
  if (focused !== undefined && currentLine < first) shown.unshift({ line: focused, index: currentLine })
  if (focused !== undefined && currentLine >= end) shown.push({ line: focused, index: currentLine })
  // Loaded, if there are headings.
  const HeadingRow = grouping.get()?.HeadingRow

  // The ids are in a ref, so that rows don't re-render when the list changes.
  const latest = useRef(ids)
  useLayoutEffect(() => {
    latest.current = ids
  })
  useRowKeys({ body, ids, current, pointed, selection, visible: grouped?.byRows(visible) ?? visible })

  return (
    <>
      <PrintedTable label={label} rows={rows} grouped={grouped} columns={columns} />
      <div
        role="table"
        aria-label={label}
        data-density={density}
        aria-rowcount={lines.length + 1}
        style={sizes(columns, widths, rem)}
        className={`group/table rounded-xl border border-line bg-surface print:hidden ${deleted ? '[--row-actions:9.75rem]' : '[--row-actions:2.5rem] xl:[--row-actions:7.75rem]'}`}
      >
        <div
          ref={head}
          role="rowgroup"
          // The padding keeps a header with the focus clear of the sticky cells.
          className="z-10 overflow-hidden rounded-t-xl border-b border-line bg-raised max-md:hidden md:sticky md:top-12 md:scroll-ps-(--sticky) md:scroll-pe-(--menu)"
        >
          <TableHeader rows={rows} columns={columns} sort={sort} onSort={onSort} selection={selection} />
        </div>
        <div ref={body} className="scroll-sideways overflow-y-hidden rounded-b-xl max-md:rounded-t-xl">
          <div
            role="rowgroup"
            className="relative md:min-w-(--least)"
            style={{ height: `${lines.length * rem}rem` }}
          >
            {shown.map(({ line, index }) =>
              'vm' in line ? (
                <TableRow
                  key={line.vm.id}
                  row={line}
                  columns={columns}
                  index={index}
                  top={index * rem}
                  stale={stale}
                  selection={selection}
                  current={current}
                  order={latest}
                  pointed={pointed}
                  deleted={deleted}
                  cards={cards}
                  actsOnCards={cards && visible.isSettled}
                  everyGroup={everyGroup}
                />
              ) : (
                HeadingRow && (
                  <HeadingRow
                    // A key could be digits, like an id.
                    key={`under ${line.key}`}
                    heading={line}
                    columns={columns.length}
                    index={index}
                    top={index * rem}
                    selection={selection}
                  />
                )
              ),
            )}
          </div>
        </div>
        {/* A scrollbar at the foot of the window, so that wide tables scroll sideways from any row, not only the last. Where
            scrollbars lie over the page and take no room, as in WebKitGTK, the padding makes 12 px of it if the table is too wide. */}
        <div
          ref={bar}
          aria-hidden
          tabIndex={-1}
          className="sticky bottom-(--docked) max-h-4 overflow-x-auto overflow-y-hidden rounded-b-xl bg-raised max-md:hidden"
        >
          <div className="min-w-(--least) pt-[clamp(0px,(var(--least)-100%)*99,0.75rem)]" />
        </div>
      </div>
    </>
  )
}

/**
 * The width of the checkbox before the columns, and of the menu after them. In a wide window, the one action that a row shows has its own
 * place; in others, it covers the end of the last column.
 */
const BOX = '2.75rem'
const MENU = 'var(--row-actions)'

/**
 * Returns CSS variables for the height, columns and minimum width of the rows, and for the widths of the cells that stay at the left and
 * right while the table scrolls sideways. Changing a variable resizes the rows without a render. `widths` are in px, the height of a row in rem.
 */
function sizes(
  columns: readonly Column[],
  widths: Readonly<Partial<Record<ColumnId, number>>>,
  rem: number,
): CSSProperties {
  // Even if the user has set every width, rows fill the table.
  const rest = columns.every(({ id }) => widths[id] !== undefined) ? ['minmax(0,1fr)'] : []
  const middle = columns.map(({ id, rem, share }) => {
    const px = widths[id]
    return px === undefined ? `minmax(${rem}rem,${share}fr)` : `${px}px`
  })
  const least = columns.map(({ id, rem }) => (widths[id] === undefined ? `${rem}rem` : `${widths[id]}px`))
  const name = least[columns.findIndex(({ id }) => id === 'name')] ?? '0px'
  return {
    '--row': `${rem}rem`,
    '--tracks': [BOX, ...middle, ...rest, MENU].join(' '),
    '--least': `calc(${[BOX, ...least, MENU].join(' + ')})`,
    '--sticky': `calc(${BOX} + ${name})`,
    '--menu': MENU,
  } as CSSProperties
}

/** Scrolls elements sideways together: when one scrolls, the others follow. */
function useScrollTogether(...elements: readonly RefObject<HTMLElement | null>[]): void {
  useEffect(() => {
    const all = elements.flatMap(({ current }) => current ?? [])
    // A follower's own event comes a frame later. It must not take back what the user has scrolled meanwhile.
    const followed = new Map<HTMLElement, number>()
    const follow = ({ currentTarget }: Event) => {
      const scrolled = currentTarget as HTMLElement
      const { scrollLeft } = scrolled
      const expected = followed.get(scrolled)
      followed.delete(scrolled)
      if (scrollLeft === expected) return
      for (const each of all) {
        if (each.scrollLeft === scrollLeft) continue
        each.scrollLeft = scrollLeft
        followed.set(each, each.scrollLeft)
      }
    }
    for (const each of all) each.addEventListener('scroll', follow, { passive: true })
    return () => {
      for (const each of all) each.removeEventListener('scroll', follow)
    }
    // oxlint-disable-next-line react/exhaustive-deps -- refs stay the same
  }, [])
}

/**
 * Opens machines on a click on their names. One handler serves the whole table, because a `<Link>` per row costs 10 % of the render time.
 */
function useRowLinks(body: RefObject<HTMLElement | null>): void {
  const navigate = useNavigate()
  // Add the handler before the first paint: without it, a click would reload the whole page.
  useLayoutEffect(() => {
    const onClick = (event: MouseEvent) => {
      const { target, defaultPrevented, button, ctrlKey, metaKey, shiftKey, altKey } = event
      // With a modifier key or another button, the browser opens a new tab or window.
      if (defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return
      const link = target instanceof Element ? target.closest('a[data-control=name]') : null
      const href = link?.getAttribute('href')
      if (!href) return
      event.preventDefault()
      void navigate(href)
    }
    const element = body.current
    element?.addEventListener('click', onClick)
    return () => element?.removeEventListener('click', onClick)
  }, [body, navigate])
}
