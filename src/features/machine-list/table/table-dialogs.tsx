import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useState } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Checkbox } from '../../../ui/fields/checkbox.tsx'
import { announce } from '../../../ui/live-region.tsx'
import { Kbd } from '../../../ui/tag.tsx'
import {
  changeTable,
  DEFAULTS,
  moveColumn,
  MIN_WIDTH_PX,
  showColumn,
  resizeColumn,
  useTableSetting,
  MAX_WIDTH_PX,
} from './column-settings.ts'
import { columns, type Column, type ColumnId } from './columns.ts'

interface Props {
  everyGroup: boolean
  onClose: () => void
}

/** The columns of all machine tables: which are visible, their order and widths. Changes apply at once. */
export function ColumnsDialog({ everyGroup, onClose }: Props) {
  const { order, shown, widths } = useTableSetting()
  const offered = order.filter((id) => everyGroup || id !== 'group')
  return (
    <Dialog
      onClose={onClose}
      title="Columns"
      description="Saved in this browser, for all lists."
      footer={
        <>
          <Button onClick={() => changeTable(DEFAULTS)}>Reset to default</Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <ol aria-label="Columns" className="divide-y divide-line rounded-xl border border-line">
        {offered.map((id, index) => (
          <ColumnItem
            key={id}
            column={columns[id]}
            shown={shown.includes(id)}
            width={widths[id] ?? null}
            before={offered[index - 1] ?? null}
            after={offered[index + 1] ?? null}
          />
        ))}
      </ol>
    </Dialog>
  )
}

interface ItemProps {
  column: Column
  shown: boolean
  /** In px; null for automatic. */
  width: number | null
  /** The neighbours that the column can change places with; null if there is none. */
  before: ColumnId | null
  after: ColumnId | null
}

function ColumnItem({ column: { id, label }, shown, width, before, after }: ItemProps) {
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
        <span className="wrap-anywhere">{label}</span>
      </label>
      {first && <span className="text-xs whitespace-nowrap text-muted max-sm:hidden">always first</span>}
      <Width key={width} id={id} label={label} width={width} />
      {first ? (
        <span className="w-16 shrink-0 pointer-coarse:w-22" />
      ) : (
        <>
          <IconButton
            size="small"
            label={`Move ${label} up`}
            disabledReason={
              before === null || before === 'name' ? 'This column can’t move further up.' : null
            }
            onClick={() => before && move(before, 'up')}
          >
            <ArrowUp size={15} aria-hidden />
          </IconButton>
          <IconButton
            size="small"
            label={`Move ${label} down`}
            disabledReason={after === null ? 'This column can’t move further down.' : null}
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
  const apply = () => {
    const px = typed.trim() === '' ? null : Number(typed)
    if (px !== null && Number.isNaN(px)) setTyped(width === null ? '' : String(width))
    else if (px !== width) resizeColumn(id, px)
  }
  return (
    <span className="flex items-center gap-1.5 text-xs text-muted">
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        aria-label={`Width of ${label} in pixels, ${MIN_WIDTH_PX} to ${MAX_WIDTH_PX}`}
        placeholder="auto"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={apply}
        onKeyDown={({ key }) => key === 'Enter' && apply()}
        className="control w-16! min-h-7! px-2! py-0.5! text-right text-xs!"
      />
      <span aria-hidden>px</span>
    </span>
  )
}

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['/'], 'search machines; ↓ moves to the list, Enter opens the first match, Esc clears'],
  [['j', '↓'], 'next machine'],
  [['k', '↑'], 'previous machine'],
  [['Page Down', 'Page Up'], 'one page down, one page up'],
  [['Home', 'End'], 'first machine, last machine'],
  [['x'], 'select or deselect'],
  [['Shift'], 'with x, a movement key or a click: select all machines in between'],
  [['Enter'], 'open the machine'],
  [['Tab'], 'controls of the row: checkbox, name, actions'],
  [['Ctrl K', '⌘K'], 'go to any machine, group or page'],
  [['?'], 'show these shortcuts'],
]

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      onClose={onClose}
      title="Keyboard shortcuts"
      description="While no row has focus, the arrow keys, Page Up, Page Down, Home and End scroll the page."
      width="small"
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-4 gap-y-2">
        {KEYS.map(([keys, does]) => (
          <div key={does} className="contents">
            <dt className="flex gap-1.5">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
