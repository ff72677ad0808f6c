import { memo } from 'react'
import { Checkbox } from '../../../ui/fields/checkbox.tsx'
import { deselect, selectAlso, type Selection } from './selection.ts'
import type { Heading } from './group-rows.ts'

interface Props {
  heading: Heading
  /** Its place among the lines of the list. */
  index: number
  top: number
  /** The number of columns, for screen readers. */
  columns: number
  selection: Selection
}

/** A heading among the rows, as high as they are. Its checkbox selects the machines under it. */
export const HeadingRow = memo(function HeadingRow({ heading, index, top, columns, selection }: Props) {
  const { label, bigvName, isName, counts } = heading
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}rem)` }}
      className="absolute inset-x-0 top-0 flex h-(--row) items-center border-b border-line bg-raised"
    >
      <span
        role="cell"
        className="sticky left-0 z-1 flex h-full w-11 shrink-0 items-center justify-center bg-inherit"
      >
        <SelectUnder heading={heading} selection={selection} />
      </span>
      <span
        role="rowheader"
        aria-colspan={columns + 1}
        className="sticky left-11 flex min-w-0 items-baseline gap-1.5 md:px-2"
      >
        <span translate={isName ? 'no' : undefined} className="truncate font-semibold">
          {label}
        </span>{' '}
        {bigvName !== undefined && (
          <span translate="no" className="max-w-1/2 truncate font-mono text-xs text-muted">
            {bigvName}
          </span>
        )}{' '}
        <span className="shrink-0 text-muted">· {counts}</span>
      </span>
    </div>
  )
})

/** Selects the machines under a heading, or deselects them if all are selected. Re-renders only when the box changes. */
function SelectUnder({ heading: { label, machines, ids }, selection }: Pick<Props, 'heading' | 'selection'>) {
  const checked = selection.use(({ ids: selected }) =>
    selected.size > 0 && ids.some((id) => selected.has(id))
      ? ids.every((id) => selected.has(id)) || 'some'
      : false,
  )
  return (
    <Checkbox
      aria-label={`Select ${machines}: ${label}`}
      checked={checked === true}
      indeterminate={checked === 'some'}
      onChange={() => (checked === true ? deselect : selectAlso)(selection, ids)}
    />
  )
}
