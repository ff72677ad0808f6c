import type { RefObject } from 'react'
import { Checkbox } from '../../../ui/fields/checkbox.tsx'
import type { MachineRow } from '../row.ts'
import { clearSelection, extend, selectAlso, toggle, useSelectedIds, type Selection } from './selection.ts'

interface RowProps {
  selection: Selection
  id: number
  name: string
  selected: boolean
  /** The ids of the list in its order; a ref, as a row must not be drawn anew when it changes. */
  order: RefObject<readonly number[]>
  tabIndex: 0 | -1
}

/** Selects one machine; with the shift key, all from the last click to this one. */
export function SelectRow({ selection, id, name, selected, order, tabIndex }: RowProps) {
  return (
    <Checkbox
      aria-label={`Select ${name}`}
      data-control="box"
      tabIndex={tabIndex}
      checked={selected}
      onChange={({ nativeEvent }) => {
        if (nativeEvent instanceof MouseEvent && nativeEvent.shiftKey) extend(selection, order.current, id)
        else toggle(selection, id)
      }}
    />
  )
}

interface AllProps {
  selection: Selection
  rows: readonly MachineRow[]
  /** The ids of the rows that are in sight now. */
  inSight: () => readonly number[]
}

/** Selects what is in sight, as one sees what one does; the bar offers the rest. What is selected is let go. */
export function SelectInSight({ selection, rows, inSight }: AllProps) {
  const ids = useSelectedIds(selection)
  const some = ids.size > 0 && rows.some(({ vm }) => ids.has(vm.id))
  const all = some && rows.every(({ vm }) => ids.has(vm.id))
  return (
    <Checkbox
      aria-label={some ? 'Clear the selection' : 'Select the machines in sight'}
      checked={all}
      indeterminate={some && !all}
      onChange={() => {
        if (some) clearSelection(selection)
        else selectAlso(selection, inSight())
      }}
    />
  )
}
