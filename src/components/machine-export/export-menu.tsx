import { Download } from 'lucide-react'
import { downloadText } from '../../lib/download.ts'
import { Button } from '../../ui/button.tsx'
import { announce } from '../../ui/live-region.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import type { Column } from '../machine-table/columns.ts'
import type { MachineRow } from '../machine-table/row.ts'
import { useColumns } from '../machine-table/table-setting.ts'
import type { Format } from './exported.ts'

interface Props {
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

/** The list as a file: every machine that matches, not only those in sight, with the columns that are shown. */
export function ExportMenu({ of, rows, everyGroup = false }: Props) {
  const columns = useColumns(everyGroup)
  const machines = rows.length === 1 ? '1 machine' : `${rows.length.toLocaleString('en-GB')} machines`
  return (
    <Menu
      label="Export"
      align="end"
      trigger={
        <Button>
          <Download size={15} aria-hidden />
          Export
        </Button>
      }
    >
      {FORMATS.map(({ format, label, about }) => (
        <MenuItem
          key={format}
          hint={`${about}: ${machines}, ${columns.length} columns`}
          refusal={rows.length === 0 ? 'There is no machine to export.' : null}
          onSelect={() => void save(format, of, columns, rows)}
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  )
}

async function save(
  format: Format,
  of: readonly string[],
  columns: readonly Column[],
  rows: readonly MachineRow[],
): Promise<void> {
  const { exported, fileName } = await import('./exported.ts')
  const { text, type } = exported(format, columns, rows)
  const name = fileName(of, format, new Date())
  downloadText(name, text, type)
  announce(`${name} is being saved.`)
}
