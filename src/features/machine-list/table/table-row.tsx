import { memo, type RefObject } from 'react'
import { StateBadge, WaitingTag } from '../../../components/machine/state-badge.tsx'
import { links } from '../../../lib/links.ts'
import { useRunning } from '../../../operations/store.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/fields/checkbox.tsx'
import { lazyComponent } from '../../../ui/lazy.tsx'
import { Menu } from '../../../ui/menu/menu.tsx'
import type { Column, MachineRow } from './columns.ts'
import { useIsCurrent, type Current } from './row-keys.ts'
import { extend, toggle, useIsSelected, type Selection } from './selection.ts'

const DeletedActions = lazyComponent(async () => (await import('./row-actions.tsx')).DeletedActions)
const ActionMenuItems = lazyComponent(async () => (await import('./row-actions.tsx')).ActionMenuItems)

interface Props {
  row: MachineRow
  columns: readonly Column[]
  index: number
  top: number
  stale: boolean
  selection: Selection
  current: Current
  /** The ids of the list in its order. In a ref, so that rows don't re-render when the list changes. */
  order: RefObject<readonly number[]>
  deleted: boolean
}

/**
 * One machine. Re-renders only for its own changes: a step of scrolling re-renders 3 of 27 rows, and a key that moves to the next row 2 of
 * 30. Without `memo`, both take twice as long.
 */
export const TableRow = memo(
  function TableRow({ row, columns, index, top, stale, selection, current, order, deleted }: Props) {
    const { group, vm } = row
    const selected = useIsSelected(selection, vm.id)
    const tabIndex = useIsCurrent(current, vm.id) ? 0 : -1
    return (
      <div
        role="row"
        aria-rowindex={index + 2}
        data-id={vm.id}
        style={{ transform: `translateY(${top}px)` }}
        className={`absolute inset-x-0 top-0 grid h-(--row) items-center border-b border-line last:border-b-0 max-md:grid-cols-[2.75rem_minmax(0,1fr)_auto_minmax(2.25rem,auto)] max-md:pr-1 md:grid-cols-(--tracks) ${selected ? 'bg-accent-soft' : 'bg-surface hover:bg-raised'}`}
      >
        <span
          role="cell"
          className="flex h-full items-center justify-center max-md:col-start-1 max-md:row-span-2 max-md:row-start-1 md:sticky md:left-0 md:z-1 md:bg-inherit"
        >
          <Checkbox
            aria-label={`Select ${vm.name}`}
            data-control="box"
            tabIndex={tabIndex}
            checked={selected}
            onChange={({ nativeEvent }) => {
              const isRange = nativeEvent instanceof MouseEvent && nativeEvent.shiftKey
              if (isRange) extend(selection, order.current, vm.id)
              else toggle(selection, vm.id)
            }}
          />
        </span>
        {columns.map((column) => (
          <TableCell
            key={column.id}
            column={column}
            row={row}
            stale={stale}
            tabIndex={tabIndex}
            deleted={deleted}
          />
        ))}
        <span
          role="cell"
          className="col-end-[-1] flex h-full items-center justify-end px-1.5 max-md:col-start-4 max-md:row-span-2 max-md:row-start-1 max-md:px-0 md:sticky md:right-0 md:bg-inherit"
        >
          {deleted ? (
            <DeletedActions group={group} vm={vm} tabIndex={tabIndex} />
          ) : (
            <ActionMenu row={row} tabIndex={tabIndex} />
          )}
        </span>
      </div>
    )
  },
  ({ row: before, ...was }, { row, ...is }) => sameFields(before, row) && sameFields(was, is),
)

function sameFields<T extends object>(a: T, b: T): boolean {
  return (Object.keys(b) as (keyof T)[]).every((key) => Object.is(a[key], b[key]))
}

interface CellProps {
  column: Column
  row: MachineRow
  stale: boolean
  tabIndex: 0 | -1
  /** True in a list of deleted machines, where cards don't show the state. */
  deleted: boolean
}

/** The menu of a machine's row. Its items are rendered only while the menu is open. */
function ActionMenu({ row: { group, vm }, tabIndex }: Pick<CellProps, 'row' | 'tabIndex'>) {
  const label = `Actions for ${vm.name}`
  return (
    <Menu
      label={label}
      align="end"
      trigger={
        <IconButton label={label} size="small" tabIndex={tabIndex} data-control="menu">
          <span aria-hidden className="mark-more" />
        </IconButton>
      }
    >
      {() => <ActionMenuItems group={group} vm={vm} />}
    </Menu>
  )
}

// Positions of the cells on a card. On a card, columns without a position are for screen readers only.
const ON_CARD: Partial<Record<Column['id'], string>> = {
  name: 'max-md:col-start-2 max-md:row-start-1 max-md:self-end max-md:px-0',
  address: 'max-md:col-start-2 max-md:row-start-2 max-md:self-start max-md:px-0',
  state: 'max-md:col-start-3 max-md:row-start-1 max-md:row-span-2',
  group: 'max-md:col-start-3 max-md:row-start-2 max-md:self-start max-md:text-right',
}

function TableCell({ column, row, stale, tabIndex, deleted }: CellProps) {
  const { id, numeric = false, mono = false } = column
  const layout = `${ON_CARD[id] ?? 'max-md:sr-only'} ${numeric ? 'text-right whitespace-nowrap' : ''}`
  if (id === 'name') return <NameCell row={row} tabIndex={tabIndex} layout={layout} />
  if (id === 'state')
    return <StateCell row={row} stale={stale} layout={deleted ? 'max-md:sr-only' : layout} />
  const text = column.text(row)
  return (
    <span
      role="cell"
      title={numeric ? undefined : text}
      translate={text === '' || id === 'autoreboot_on' ? undefined : 'no'}
      className={`truncate px-3 md:px-2 ${mono ? 'font-mono text-xs' : ''} ${id === 'address' || numeric ? 'max-md:text-muted' : 'text-muted'} ${layout}`}
    >
      {text || <Nothing />}
    </span>
  )
}

function NameCell({
  row: { vm, group },
  tabIndex,
  layout,
}: {
  row: MachineRow
  tabIndex: 0 | -1
  layout: string
}) {
  return (
    <span
      role="rowheader"
      className={`flex items-center gap-2 px-3 md:h-full md:px-2 md:sticky md:left-11 md:z-1 md:bg-inherit ${layout}`}
    >
      <a
        href={links.machine(group, vm.id)}
        title={vm.hostname ?? vm.name}
        translate="no"
        tabIndex={tabIndex}
        data-control="name"
        className="min-w-0 truncate font-semibold hover:underline max-md:min-h-6"
      >
        {vm.name}
      </a>
      <WaitingTag account={group.account} id={vm.id} />
    </span>
  )
}

function StateCell({ row: { vm }, stale, layout }: { row: MachineRow; stale: boolean; layout: string }) {
  const operation = useRunning(vm.id)
  return (
    <span role="cell" className={`truncate px-3 md:px-2 ${layout}`}>
      <StateBadge vm={vm} creating={false} operation={operation} stale={stale} />
    </span>
  )
}

function Nothing() {
  return (
    <>
      <span aria-hidden>–</span>
      <span className="sr-only">none</span>
    </>
  )
}
