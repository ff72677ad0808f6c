import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'
import { Checkbox } from '../../../ui/fields/checkbox.tsx'
import { IconButton } from '../../../ui/button.tsx'
import { announce } from '../../../ui/live-region.tsx'
import type { Column, ColumnId } from './columns.ts'
import { moveColumn, NARROWEST, showColumn, sizeColumn, WIDEST } from './table-setting.ts'

interface Props {
  column: Column
  shown: boolean
  /** In px, or null for its own. */
  width: number | null
  /** What it can change places with. */
  before: ColumnId | null
  after: ColumnId | null
}

/** One column: whether it is shown, how wide, and where. */
export function ColumnItem({ column: { id, label }, shown, width, before, after }: Props) {
  const first = id === 'name'
  const move = (to: ColumnId, where: string) => {
    moveColumn(id, to)
    announce(`${label} moved ${where}.`)
  }
  return (
    <li className="flex items-center gap-2 py-1 pr-1.5 pl-3">
      <label className="flex min-w-0 flex-1 items-center gap-2.5 py-1">
        <Checkbox
          checked={shown}
          disabled={first}
          onChange={({ currentTarget }) => showColumn(id, currentTarget.checked)}
        />
        <span className="truncate">{label}</span>
      </label>
      {first && <span className="text-xs whitespace-nowrap text-muted max-sm:hidden">always, and first</span>}
      <Width key={width} id={id} label={label} width={width} />
      {first ? (
        <span className="w-16 shrink-0 pointer-coarse:w-22" />
      ) : (
        <>
          <IconButton
            size="small"
            label={`Move ${label} up`}
            disabledReason={before === null || before === 'name' ? 'It cannot go further up.' : null}
            onClick={() => before && move(before, 'up')}
          >
            <ArrowUp size={15} aria-hidden />
          </IconButton>
          <IconButton
            size="small"
            label={`Move ${label} down`}
            disabledReason={after === null ? 'It cannot go further down.' : null}
            onClick={() => after && move(after, 'down')}
          >
            <ArrowDown size={15} aria-hidden />
          </IconButton>
        </>
      )}
    </li>
  )
}

function Width({ id, label, width }: { id: ColumnId; label: string; width: number | null }) {
  const [typed, setTyped] = useState(width === null ? '' : String(width))
  const take = () => {
    const px = typed.trim() === '' ? null : Number(typed)
    if (px !== null && Number.isNaN(px)) setTyped(width === null ? '' : String(width))
    else if (px !== width) sizeColumn(id, px)
  }
  return (
    <span className="flex items-center gap-1.5 text-xs text-muted">
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        aria-label={`Width of ${label} in pixels, ${NARROWEST} to ${WIDEST}`}
        placeholder="fits"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={take}
        onKeyDown={({ key }) => key === 'Enter' && take()}
        className="control w-16! min-h-7! px-2! py-0.5! text-right text-xs!"
      />
      <span aria-hidden>px</span>
    </span>
  )
}
