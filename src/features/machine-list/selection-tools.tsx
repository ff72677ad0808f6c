import X from 'lucide-react/icons/x'
import type { SimpleAction } from '../../actions/action.ts'
import { start } from '../../actions/power.ts'
import { BULK_GROUPS } from '../../components/actions/menus.ts'
import { machinesInWords } from '../../lib/machine-counts.ts'
import { readOnlyReason, useReadOnly } from '../../session/read-only.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { MenuGroup, MenuItem } from '../../ui/menu/menu-items.tsx'
import { Menu } from '../../ui/menu/menu.tsx'
import { confirmBulk } from '../bulk/bulk-request.ts'
import { countRows, type MachineRow } from './table/columns.ts'
import { clearSelection, selectAlso, type Selection } from './table/selection.ts'

export interface SelectionProps {
  selection: Selection
  /** All machines of the list, and those that match the search. */
  rows: readonly MachineRow[]
  found: readonly MachineRow[]
}

export function SelectionTools({
  selection,
  ids,
  rows,
  found,
}: SelectionProps & { ids: ReadonlySet<number> }) {
  const count = ids.size
  const selected = rows.filter(({ vm }) => ids.has(vm.id))
  const hidden = count - found.filter(({ vm }) => ids.has(vm.id)).length
  const more = found.length > count - hidden
  return (
    <section
      aria-label="Selected machines"
      data-bottom-bar
      className="mx-auto flex w-fit max-w-full flex-wrap items-center gap-x-2 gap-y-1.5 rounded-2xl border border-line-strong bg-surface px-3.5 py-2 shadow-pop"
    >
      <p className="mr-1">
        <b className="font-semibold">{count} selected</b>{' '}
        <span className="text-xs text-muted">
          of {machinesInWords(countRows(rows))}
          {hidden > 0 && `, ${hidden} not shown`}
        </span>
      </p>
      {more && (
        <Button
          size="small"
          onClick={() =>
            selectAlso(
              selection,
              found.map(({ vm }) => vm.id),
            )
          }
        >
          {found.length < rows.length
            ? `Select all ${found.length} that match`
            : `Select all ${machinesInWords(countRows(found))}`}
        </Button>
      )}
      <BulkActions selected={selected} selection={selection} />
      <IconButton label="Clear selection" icon={X} onClick={() => clearSelection(selection)} />
    </section>
  )
}

interface ActionsProps {
  selected: readonly MachineRow[]
  selection: Selection
}

/** Buttons that open the bulk dialog. Once a batch has started, the selection is cleared. */
function BulkActions({ selected, selection }: ActionsProps) {
  const disabledReason = readOnlyReason(useReadOnly())
  const confirm = (action: SimpleAction) => {
    const candidates = selected.map(({ group, vm }) => ({ ref: group, id: vm.id, name: vm.name, vm }))
    confirmBulk({ action, candidates, retry: null, onBegun: () => clearSelection(selection) })
  }
  return (
    <>
      <Button size="small" variant="primary" disabledReason={disabledReason} onClick={() => confirm(start)}>
        Start…
      </Button>
      <Menu
        label="Actions for the selected machines"
        align="end"
        trigger={
          <Button size="small" disabledReason={disabledReason}>
            Actions
          </Button>
        }
      >
        {BULK_GROUPS.map(({ label, actions }) => (
          <MenuGroup key={label} label={label}>
            {actions.map((action) => (
              <MenuItem key={action.name} danger={action.loses === 'data'} onSelect={() => confirm(action)}>
                {`${action.bulk?.menu ?? action.label}…`}
              </MenuItem>
            ))}
          </MenuGroup>
        ))}
      </Menu>
    </>
  )
}
