import { memo, type RefObject } from 'react'
import { ShouldBeOnTag, StateBadge, WaitingTag } from '../../../components/machine/state-badge.tsx'
import { groupName } from '../../../api/groups.ts'
import { links } from '../../../lib/links.ts'
import type { Store } from '../../../lib/store.ts'
import { formatMib } from '../../../lib/units.ts'
import { useIsQueuedInBatch, useRunning } from '../../../operations/store.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/fields/checkbox.tsx'
import { lazyComponent } from '../../../ui/lazy.tsx'
import { Menu } from '../../../ui/menu/menu.tsx'
import { addressesIn, type Column, type MachineRow } from './columns.ts'
import { useIsCurrent, useIsPointed, type Current, type Pointed } from './row-keys.ts'
import { extend, toggle, useIsSelected, type Selection } from './selection.ts'

const DeletedActions = lazyComponent(async () => (await import('./row-actions.tsx')).DeletedActions)
const RowAction = lazyComponent(async () => (await import('./row-actions.tsx')).RowAction)
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
  pointed: Store<Pointed>
  /** True in a list of deleted machines, whose rows have Undelete and Purge buttons. */
  deleted: boolean
  /** True in a narrow window: two lines instead of columns. */
  cards: boolean
  /** True if a card of a stopped or deleted machine always has its one action, as a touch screen has no hover. */
  actsOnCards: boolean
  everyGroup: boolean
}

/**
 * One machine. Re-renders only for its own changes: a step of scrolling re-renders 3 of 27 rows, and a key that moves to the next row 2 of
 * 30. Without `memo`, both take twice as long.
 */
export const TableRow = memo(
  function TableRow(props: Props) {
    const { row, columns, index, top, stale, selection, current, order, deleted, cards, actsOnCards } = props
    const { group, vm } = row
    const selected = useIsSelected(selection, vm.id)
    const tabIndex = useIsCurrent(current, vm.id) ? 0 : -1
    const pointed = useIsPointed(props.pointed, vm.id)
    return (
      <div
        role="row"
        aria-rowindex={index + 2}
        data-id={vm.id}
        style={{ transform: `translateY(${top}rem)` }}
        className={`absolute inset-x-0 top-0 grid h-(--row) items-center border-b border-line last:border-b-0 max-md:grid-cols-[2.75rem_minmax(0,max-content)_minmax(max-content,1fr)_auto] max-md:content-center max-md:pr-1 md:grid-cols-(--tracks) ${selected ? 'bg-accent-soft' : 'bg-surface hover:bg-raised'}`}
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
          <TableCell key={column.id} column={column} row={row} stale={stale} tabIndex={tabIndex} />
        ))}
        {cards && <SecondLine row={row} everyGroup={props.everyGroup} />}
        <span
          role="cell"
          className="col-end-[-1] flex h-full items-center justify-end px-1.5 max-md:col-start-4 max-md:row-span-2 max-md:row-start-1 max-md:px-0 md:sticky md:right-0 md:bg-inherit"
        >
          {deleted && !cards ? (
            <DeletedActions group={group} vm={vm} tabIndex={tabIndex} />
          ) : (
            <>
              {(pointed || (actsOnCards && !vm.power_on)) && (
                <RowAction group={group} vm={vm} tabIndex={tabIndex} />
              )}
              <ActionMenu row={row} tabIndex={tabIndex} />
            </>
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
}

/** The menu of a machine's row. Its items are rendered only while the menu is open. */
function ActionMenu({ row, tabIndex }: Pick<CellProps, 'row' | 'tabIndex'>) {
  const label = `Actions for ${row.vm.name}`
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
      {() => <ActionMenuItems row={row} />}
    </Menu>
  )
}

/** The second line of a card. Screen readers have the cells of its columns instead. */
function SecondLine({ row, everyGroup }: { row: MachineRow; everyGroup: boolean }) {
  const { cores, memory } = row.vm
  const [address] = addressesIn(row)
  const size = `${cores} × ${formatMib(memory)}`
  const others = everyGroup ? `${size} · ${groupName(row.group)}` : size
  return (
    <span
      aria-hidden
      translate="no"
      // Its own width must not widen the state's column, which would cut the name.
      className="col-start-2 col-end-4 row-start-2 flex w-0 min-w-full gap-1.5 text-xs text-muted"
    >
      {/* A cut address would read as another one, so the rest gives way first. */}
      {address && <span className="max-w-full shrink-0 truncate font-mono">{address}</span>}
      {address && <span>·</span>}
      <span className="min-w-0 truncate">{others}</span>
    </span>
  )
}

// Positions of the cells on a card. On a card, columns without a position are for screen readers only.
const ON_CARD: Partial<Record<Column['id'], string>> = {
  name: 'max-md:col-start-2 max-md:row-start-1 max-md:px-0',
  state: 'max-md:col-start-3 max-md:row-start-1 max-md:px-2 max-md:text-xs',
}

function TableCell({ column, row, stale, tabIndex }: CellProps) {
  const { id, numeric = false, mono = false } = column
  const layout = `${ON_CARD[id] ?? 'max-md:sr-only'} ${numeric ? 'text-right whitespace-nowrap' : ''}`
  if (id === 'name') return <NameCell row={row} tabIndex={tabIndex} layout={layout} />
  if (id === 'state') return <StateCell row={row} stale={stale} layout={layout} />
  if (id === 'address' && row.further) return <AddressesCell row={row} layout={layout} />
  const text = column.text(row)
  return (
    <span
      role="cell"
      title={numeric ? undefined : text}
      translate={text === '' || id === 'autoreboot_on' ? undefined : 'no'}
      className={`truncate px-3 md:px-2 ${mono ? 'font-mono text-xs' : ''} ${id === 'address' || numeric ? '' : 'text-muted'} ${layout}`}
    >
      {text || <Nothing />}
    </span>
  )
}

/** All addresses of a machine with more than one: the first in full, and the others in small below it, or after it in a compact row. */
function AddressesCell({ row, layout }: { row: MachineRow; layout: string }) {
  const [first, ...others] = addressesIn(row)
  return (
    <span
      role="cell"
      title={[first, ...others].join('\n')}
      translate="no"
      className={`flex min-w-0 flex-col px-3 font-mono text-xs leading-tight md:px-2 group-data-[density=compact]/table:flex-row group-data-[density=compact]/table:items-baseline group-data-[density=compact]/table:gap-1.5 ${layout}`}
    >
      <span className="max-w-full shrink-0 truncate">{first}</span>{' '}
      <span className="truncate text-2xs leading-tight text-muted">{others.join(' ')}</span>
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
        className="min-w-0 truncate font-semibold hover:underline max-md:min-h-6 max-md:after:absolute max-md:after:inset-y-0 max-md:after:left-11 max-md:after:right-24"
      >
        {vm.name}
      </a>
      <WaitingTag account={group.account} id={vm.id} />
    </span>
  )
}

function StateCell({ row: { vm }, stale, layout }: { row: MachineRow; stale: boolean; layout: string }) {
  const operation = useRunning(vm.id)
  const queued = useIsQueuedInBatch(vm.id)
  const restarting = !vm.power_on && vm.autoreboot_on && !vm.deleted
  return (
    <span role="cell" className={`truncate px-3 md:px-2 ${layout}`}>
      <StateBadge vm={vm} creating={false} operation={operation} queued={queued} stale={stale} />
      {restarting && <ShouldBeOnTag id={vm.id} />}
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
