import { memo } from 'react'
import { Link } from 'react-router'
import type { VirtualMachine } from '../../api/virtual-machine.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { formatMib } from '../../lib/units.ts'
import { useInFlight } from '../../operations/use-operations.ts'
import { DeletedActions } from '../power/deleted-actions.tsx'
import { PowerMenu } from '../power/power-menu.tsx'
import { StateBadge } from '../state-badge.tsx'
import { WaitingTag } from '../waiting-tag.tsx'
import { GRID } from './columns.ts'
import { SelectRow } from './select-boxes.tsx'
import { useIsSelected, type Selection } from './selection.ts'

interface Props {
  group: GroupRef
  vm: VirtualMachine
  address: string | undefined
  index: number
  top: number
  stale: boolean
  selection: Selection
  order: () => readonly number[]
  deleted: boolean
}

// The one place where memo is kept by hand: a refresh of thousands of unchanged machines re-renders none of them.
export const TableRow = memo(function TableRow(props: Props) {
  const { group, vm, address, index, top, stale, selection, order, deleted } = props
  const operation = useInFlight(vm.id)
  const selected = useIsSelected(selection, vm.id)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)` }}
      className={`absolute inset-x-0 top-0 grid h-15 grid-cols-[2.75rem_minmax(0,1fr)_auto_minmax(2.25rem,auto)] items-center border-b border-line pr-1 last:border-b-0 md:h-9.5 md:px-0 ${selected ? 'bg-accent-soft' : 'hover:bg-raised'} ${GRID}`}
    >
      <span
        role="cell"
        className="flex justify-center max-md:col-start-1 max-md:row-span-2 max-md:row-start-1"
      >
        <SelectRow selection={selection} id={vm.id} name={vm.name} order={order} />
      </span>
      <span
        role="cell"
        className="flex items-center gap-2 px-3 max-md:col-start-2 max-md:row-start-1 max-md:self-end max-md:pl-0"
      >
        <Link
          to={links.machine(group, vm.name)}
          title={vm.hostname ?? vm.name}
          className="min-w-0 truncate font-semibold hover:underline max-md:min-h-6"
        >
          {vm.name}
        </Link>
        <WaitingTag account={group.account} id={vm.id} />
      </span>
      <span
        role="cell"
        className={`truncate px-3 max-md:col-start-3 max-md:row-span-2 max-md:row-start-1 ${deleted ? 'max-md:sr-only' : ''}`}
      >
        <StateBadge vm={vm} creating={false} operation={operation} stale={stale} />
      </span>
      <span
        role="cell"
        className="truncate px-3 font-mono text-xs max-md:col-start-2 max-md:row-start-2 max-md:self-start max-md:pl-0 max-md:text-muted"
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
      <span
        role="cell"
        className="flex justify-end px-1.5 max-md:col-start-4 max-md:row-span-2 max-md:row-start-1 max-md:px-0"
      >
        {deleted ? <DeletedActions group={group} vm={vm} /> : <PowerMenu group={group} vm={vm} />}
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
