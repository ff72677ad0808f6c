import { downloadText } from '../../../lib/download.ts'
import { announce } from '../../../ui/live-region.tsx'
import { loadPart } from '../../../ui/load-part.ts'
import { MenuItem } from '../../../ui/menu/menu-items.tsx'
import type { Column } from '../table/columns.ts'
import type { MachineRow } from '../row.ts'
import { useColumns } from '../table/table-setting.ts'
import type { Format } from './exported.ts'

export interface ExportProps {
  /** What the list is of: its account, and its group unless it is of all. */
  of: readonly string[]
  /** All that match, in the list's order. */
  rows: readonly MachineRow[]
  everyGroup?: boolean
}

const FORMATS: readonly { format: Format; label: string; about: string }[] = [
  { format: 'csv', label: 'CSV', about: 'for a spreadsheet' },
  { format: 'json', label: 'JSON', about: 'for a program' },
]

/** The kinds of file that a list can be made into. */
export function ExportItems({ of, rows, everyGroup = false }: ExportProps) {
  const columns = useColumns(everyGroup)
  const machines = rows.length === 1 ? '1 machine' : `${rows.length.toLocaleString('en-GB')} machines`
  return FORMATS.map(({ format, label, about }) => (
    <MenuItem
      key={format}
      hint={`${about}: ${machines}, ${columns.length} columns`}
      disabledReason={rows.length === 0 ? 'There is no machine to export.' : null}
      onSelect={() => void save(format, of, columns, rows)}
    >
      {label}
    </MenuItem>
  ))
}

async function save(
  format: Format,
  of: readonly string[],
  columns: readonly Column[],
  rows: readonly MachineRow[],
): Promise<void> {
  const part = await loadPart(() => import('./exported.ts'))
  if (part === null) return
  const { exported, fileName } = part
  const { text, type } = exported(format, columns, rows)
  const name = fileName(of, format, new Date())
  downloadText(name, text, type)
  announce(`${name} is being saved.`)
}
