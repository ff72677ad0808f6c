import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Segmented } from '../../../ui/fields/radio-group.tsx'
import { columns } from './columns.ts'
import { ColumnItem } from './column-item.tsx'
import { AT_FIRST, changeTable, useTableSetting } from './table-setting.ts'

const DENSITIES = [
  { value: 'normal', label: 'Normal' },
  { value: 'compact', label: 'Compact' },
] as const

interface Props {
  everyGroup: boolean
  onClose: () => void
}

/** Which columns the tables of machines have, in which order and how wide, and how high their rows are. It is done at once. */
export function ColumnsDialog({ everyGroup, onClose }: Props) {
  const { order, shown, widths, density } = useTableSetting()
  const offered = order.filter((id) => everyGroup || id !== 'group')
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Columns"
      description="This browser remembers them, for every list of machines."
      footer={
        <>
          <Button onClick={() => changeTable(AT_FIRST)}>As they were at first</Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="mb-3 flex items-center gap-3">
        <span aria-hidden className="font-medium">
          Rows
        </span>
        <Segmented
          label="Rows"
          options={DENSITIES}
          value={density}
          onChange={(value) => changeTable({ density: value })}
        />
      </div>
      <ol aria-label="Columns" className="divide-y divide-line rounded-xl border border-line">
        {offered.map((id, place) => (
          <ColumnItem
            key={id}
            column={columns[id]}
            shown={shown.includes(id)}
            width={widths[id] ?? null}
            before={offered[place - 1] ?? null}
            after={offered[place + 1] ?? null}
          />
        ))}
      </ol>
    </Dialog>
  )
}
