import { X } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { announce } from '../../ui/live-region.tsx'
import type { MachineRow } from './row.ts'
import { clearSelection, selectAlso, useSelectedIds, type Selection } from './selection.ts'

interface Props {
  selection: Selection
  /** All machines of the list, and those that match the search. */
  rows: readonly MachineRow[]
  found: readonly MachineRow[]
  /** What can be done with the selected machines. */
  actions?: (selected: readonly MachineRow[]) => ReactNode
}

/** How many machines are selected, and what can be done with them. It floats above the end of the page, so that it moves no row. */
export function SelectionBar({ selection, rows, found, actions }: Props) {
  const ids = useSelectedIds(selection)
  const count = ids.size
  const before = useRef(count)
  useEffect(() => {
    if (count !== before.current) announce(count === 0 ? 'Nothing is selected.' : `${count} selected.`)
    before.current = count
  }, [count])
  if (count === 0) return null
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
      {actions?.(selected)}
      <IconButton label="Clear the selection" onClick={() => clearSelection(selection)}>
        <X size={16} aria-hidden />
      </IconButton>
    </section>
  )
}
