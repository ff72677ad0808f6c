import { csvText, downloadText, type Cell } from '../../../lib/download.ts'
import { machinesInWords } from '../../../lib/machine-counts.ts'
import { stateOf } from '../../../operations/state.ts'
import { operations, runningOn } from '../../../operations/store.ts'
import { announce } from '../../../ui/live-region.tsx'
import { MenuItem } from '../../../ui/menu/menu-items.tsx'
import { useColumns } from './column-settings.ts'
import { countRows, type Column, type MachineRow } from './columns.ts'

export type Format = 'csv' | 'json'

export interface ExportProps {
  /** Parts of the file name: the account, the group or "all", and "deleted" in the list of deleted machines. */
  of: readonly string[]
  /** The machines that match, in the list's order. */
  rows: readonly MachineRow[]
  everyGroup?: boolean
}

const FORMATS: readonly { format: Format; label: string; about: string }[] = [
  { format: 'csv', label: 'CSV', about: 'for a spreadsheet' },
  { format: 'json', label: 'JSON', about: 'for a program' },
]

/** Saves the list as a file: all matching machines, with the visible columns. */
export function ExportItems({ of, rows, everyGroup = false }: ExportProps) {
  const columns = useColumns(everyGroup)
  const machines = machinesInWords(countRows(rows))
  return FORMATS.map(({ format, label, about }) => (
    <MenuItem
      key={format}
      hint={`${about}: ${machines}, ${columns.length} columns`}
      disabledReason={rows.length === 0 ? 'No machines to export.' : null}
      onSelect={() => save(format, of, columns, rows)}
    >
      {label}
    </MenuItem>
  ))
}

function save(
  format: Format,
  of: readonly string[],
  columns: readonly Column[],
  rows: readonly MachineRow[],
): void {
  const { text, type } = exported(format, columns, rows)
  const name = fileName(of, format, new Date())
  downloadText(name, text, type)
  announce(`Saving ${name}.`)
}

const TYPES = { csv: 'text/csv;charset=utf-8', json: 'application/json' }

export function exported(
  format: Format,
  columns: readonly Column[],
  rows: readonly MachineRow[],
): { text: string; type: string } {
  return { text: format === 'csv' ? csv(columns, rows) : json(columns, rows), type: TYPES[format] }
}

export function fileName(parts: readonly string[], format: Format, now: Date): string {
  const [year, month, day] = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  const date = [year, month, day].map((number) => String(number).padStart(2, '0')).join('-')
  const name = ['bigv', ...parts, date].map((part) => part.replace(/[^\w.-]+/g, '_')).join('-')
  return `${name}.${format}`
}

function csv(columns: readonly Column[], rows: readonly MachineRow[]): string {
  const header = columns.map(({ id, label }) => (isSize(id) ? `${label} (MiB)` : label))
  return csvText(
    header,
    rows.map((row) => columns.map((column) => valueOf(column, row))),
  )
}

// Keys are BigV's attribute names, and sizes are in MiB, as in its API.
function json(columns: readonly Column[], rows: readonly MachineRow[]): string {
  const machines = rows.map((row) =>
    Object.fromEntries(columns.map((column) => [column.id, valueOf(column, row)])),
  )
  return `${JSON.stringify(machines, null, 2)}\n`
}

function valueOf(column: Column, row: MachineRow): Cell {
  const { vm } = row
  if (column.id === 'autoreboot_on') return vm.autoreboot_on
  if (column.id === 'state') return stateOf(vm, false, runningOn(operations(), vm.id)).word
  return column.numeric === true ? column.sortBy(row) : column.text(row) || null
}

function isSize(id: Column['id']): boolean {
  return id === 'memory' || id === 'discs'
}
