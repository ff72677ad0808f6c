import { links } from '../../../lib/links.ts'
import { useRunning } from '../../../operations/use-operations.ts'
import { StateBadge, WaitingTag } from '../../../components/machine/state-badge.tsx'
import type { Column } from './columns.ts'
import type { MachineRow } from '../row.ts'

interface Props {
  column: Column
  row: MachineRow
  stale: boolean
  tabIndex: 0 | -1
  /** In a list of deleted machines, cards don't show the state. */
  deleted: boolean
}

// Where a cell stands on a card. The others are for screen readers only.
const ON_CARD: Partial<Record<Column['id'], string>> = {
  name: 'max-md:col-start-2 max-md:row-start-1 max-md:self-end max-md:px-0',
  address: 'max-md:col-start-2 max-md:row-start-2 max-md:self-start max-md:px-0',
  state: 'max-md:col-start-3 max-md:row-start-1 max-md:row-span-2',
  group: 'max-md:col-start-3 max-md:row-start-2 max-md:self-start max-md:text-right',
}

export function TableCell({ column, row, stale, tabIndex, deleted }: Props) {
  const { id, numeric = false, mono = false } = column
  const place = `${ON_CARD[id] ?? 'max-md:sr-only'} ${numeric ? 'text-right whitespace-nowrap' : ''}`
  if (id === 'name') return <NameCell row={row} tabIndex={tabIndex} place={place} />
  if (id === 'state') return <StateCell row={row} stale={stale} place={deleted ? 'max-md:sr-only' : place} />
  const text = column.text(row)
  return (
    <span
      role="cell"
      title={numeric ? undefined : text}
      className={`truncate px-3 md:px-2 ${mono ? 'font-mono text-xs' : ''} ${id === 'address' || numeric ? 'max-md:text-muted' : 'text-muted'} ${place}`}
    >
      {text || <Nothing />}
    </span>
  )
}

function NameCell({
  row: { vm, group },
  tabIndex,
  place,
}: {
  row: MachineRow
  tabIndex: 0 | -1
  place: string
}) {
  return (
    <span
      role="cell"
      className={`flex items-center gap-2 px-3 md:h-full md:px-2 md:sticky md:left-11 md:z-1 md:bg-inherit ${place}`}
    >
      <a
        href={links.machine(group, vm.name)}
        title={vm.hostname ?? vm.name}
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

function StateCell({ row: { vm }, stale, place }: { row: MachineRow; stale: boolean; place: string }) {
  const operation = useRunning(vm.id)
  return (
    <span role="cell" className={`truncate px-3 md:px-2 ${place}`}>
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
