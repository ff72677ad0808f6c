import ChevronDown from 'lucide-react/icons/chevron-down'
import X from 'lucide-react/icons/x'
import { useEffect, useMemo, useState } from 'react'
import type { SimpleAction } from '../../actions/action.ts'
import { restart, shutDown, start } from '../../actions/power.ts'
import { BULK_GROUPS, isDangerous } from '../../components/actions/menus.ts'
import { machinesInWords } from '../../lib/machine-counts.ts'
import { countActing } from '../../operations/batch/forecast.ts'
import { forbiddenReason } from '../../operations/disabled-reason.ts'
import type { Operation } from '../../operations/operation.ts'
import { blockingOn, operations, subscribeOperations } from '../../operations/store.ts'
import { readOnlyReason, useReadOnly } from '../../session/read-only.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { MenuGroup, MenuItem } from '../../ui/menu/menu-items.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { confirmBulk } from '../bulk/bulk-request.ts'
import { countRows, type MachineRow } from './table/columns.ts'
import { clearSelection, keepOnly, selectAlso, type Selection } from './table/selection.ts'

export interface SelectionProps {
  selection: Selection
  /** All machines of the list, and those that match the search. */
  rows: readonly MachineRow[]
  found: readonly MachineRow[]
}

/** How many machines are selected, and what can be done with them. */
export function SelectionTools({
  selection,
  ids,
  rows,
  found,
}: SelectionProps & { ids: ReadonlySet<number> }) {
  const count = ids.size
  const selected = useMemo(() => rows.filter(({ vm }) => ids.has(vm.id)), [rows, ids])
  const shown = useMemo(() => found.filter(({ vm }) => ids.has(vm.id)), [found, ids])
  const hidden = count - shown.length
  return (
    <section
      aria-label="Selected machines"
      data-bottom-bar
      className="mx-auto flex w-fit max-w-full flex-wrap items-center gap-x-2 gap-y-1.5 rounded-2xl border border-line-strong bg-surface px-3.5 py-2 shadow-pop max-sm:px-2.5"
    >
      <p>
        <b className="font-semibold">{count} selected</b>
        {hidden > 0 && <span className="text-muted">, {hidden} not shown</span>}
      </p>
      {hidden > 0 && (
        <Button size="small" onClick={() => keepOnly(selection, found)}>
          Only shown
        </Button>
      )}
      {found.length > shown.length && (
        <Button
          size="small"
          variant="quiet"
          className="text-accent!"
          onClick={() =>
            selectAlso(
              selection,
              found.map(({ vm }) => vm.id),
            )
          }
        >
          {selectAllLabel(rows, found)}
        </Button>
      )}
      <BulkActions selected={selected} shown={shown} />
      <IconButton label="Clear selection" icon={X} size="small" onClick={() => clearSelection(selection)} />
    </section>
  )
}

/** "Select all 40", "Select all 40 machines plus 3 deleted", "Select all 4 that match". */
function selectAllLabel(rows: readonly MachineRow[], found: readonly MachineRow[]): string {
  if (found.length < countRows(rows).machines) return `Select all ${found.length} that match`
  const counts = countRows(found)
  return counts.deleted === 0 ? `Select all ${found.length}` : `Select all ${machinesInWords(counts)}`
}

interface ActionsProps {
  selected: readonly MachineRow[]
  /** Those of the selected machines that the list shows. */
  shown: readonly MachineRow[]
}

const DIRECT: readonly SimpleAction[] = [start, shutDown, restart]
const MORE = BULK_GROUPS.map(({ label, actions }) => ({
  label,
  actions: actions.filter((action) => !DIRECT.includes(action)),
}))

/** Buttons that open the bulk dialog. Each says how many machines it would affect, and is left out if there are none. */
function BulkActions({ selected, shown }: ActionsProps) {
  const disabledReason = readOnlyReason(useReadOnly())
  const countOfAction = useActingCounts(selected)
  const confirm = (action: SimpleAction) => {
    const isShown = new Set(shown.map(({ vm }) => vm.id))
    const candidates = selected.map(({ group, vm }) => ({ ref: group, id: vm.id, name: vm.name, vm }))
    const hidden = new Set(candidates.flatMap(({ id }) => (isShown.has(id) ? [] : [id])))
    confirmBulk({ action, candidates, hidden, retry: null })
  }
  const more = () => {
    const possible = MORE.map(({ label, actions }) => ({
      label,
      actions: actions.filter((action) => countOfAction(action) > 0),
    })).filter(({ actions }) => actions.length > 0)
    if (possible.length === 0) return <NothingMore />
    return possible.map(({ label, actions }) => (
      <MenuGroup key={label} label={label}>
        {actions.map((action) => (
          <MenuItem
            key={action.name}
            danger={isDangerous(action, true)}
            hint={countOfAction(action) < selected.length && `${countOfAction(action)} of ${selected.length}`}
            onSelect={() => confirm(action)}
          >
            {`${action.bulk?.menu ?? action.label}…`}
          </MenuItem>
        ))}
      </MenuGroup>
    ))
  }
  return (
    <>
      {DIRECT.filter((action) => countOfAction(action) > 0).map((action) => (
        <Button
          key={action.name}
          size="small"
          disabledReason={disabledReason}
          onClick={() => confirm(action)}
        >
          <span>{action.label}</span> <span className="text-muted">{countOfAction(action)}</span>
        </Button>
      ))}
      <Menu
        label="More actions for the selected machines"
        align="end"
        trigger={
          <Button size="small" disabledReason={disabledReason}>
            More
            <ChevronDown size={13} aria-hidden />
          </Button>
        }
      >
        {more}
      </Menu>
    </>
  )
}

function NothingMore() {
  return (
    <MenuItem disabledReason="Nothing more can be done with these machines now." onSelect={() => {}}>
      No actions
    </MenuItem>
  )
}

/** Counts the machines that an action would affect. */
function useActingCounts(selected: readonly MachineRow[]): (action: SimpleAction) => number {
  const all = useOperationsThrottled()
  return useMemo(() => counter(selected, all), [selected, all])
}

/** Counts once per action, because there may be ten thousand machines. */
function counter(
  selected: readonly MachineRow[],
  all: readonly Operation[],
): (action: SimpleAction) => number {
  const running = blockingById(all)
  const now = Date.now()
  const counts = new Map<SimpleAction, number>()
  return (action) => {
    const count =
      counts.get(action) ??
      countActing(
        action,
        selected,
        (id) => running.get(id),
        (ref, { id, name }) => forbiddenReason(action, { ...ref, id, name }) !== null,
        now,
      )
    counts.set(action, count)
    return count
  }
}

// A bulk run changes operations many times a second. To count ten thousand machines takes about 10 ms for each action.
const COUNTED_EVERY_MS = 300

function useOperationsThrottled(): readonly Operation[] {
  const [shown, setShown] = useState(operations)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = subscribeOperations(() => {
      timer ??= setTimeout(() => {
        timer = undefined
        setShown(operations)
      }, COUNTED_EVERY_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [])
  return shown
}

function blockingById(all: readonly Operation[]): ReadonlyMap<number, Operation> {
  const ids = all.flatMap(({ phase, target, also }) =>
    phase === 'ended' ? [] : [target.id ?? [], also?.id ?? []].flat(),
  )
  return new Map(ids.flatMap((id) => [[id, blockingOn(all, id)] as const]).filter(isKnown))
}

const isKnown = (entry: readonly [number, Operation | undefined]): entry is readonly [number, Operation] =>
  entry[1] !== undefined
