import { X } from 'lucide-react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { BulkActions } from './bulk-actions.tsx'
import type { MachineRow } from '../row.ts'
import { clearSelection, selectAlso, type Selection } from './selection.ts'

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
          of {rows.length}
          {hidden > 0 && `, ${hidden} of them not shown`}
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
            : `Select all ${found.length} machines`}
        </Button>
      )}
      <BulkActions selected={selected} selection={selection} />
      <IconButton label="Clear the selection" onClick={() => clearSelection(selection)}>
        <X size={16} aria-hidden />
      </IconButton>
    </section>
  )
}
