import { csvText, type Cell } from '../../../lib/download.ts'
import { stateOf } from '../../../operations/state.ts'
import { runningOn, operations } from '../../../operations/store.ts'
import type { Column } from '../table/columns.ts'
import type { MachineRow } from '../row.ts'

export type Format = 'csv' | 'json'

const TYPES = { csv: 'text/csv;charset=utf-8', json: 'application/json' }

/** Takes rows and columns and returns the file's text and type: CSV with a header, or a JSON array with an object a machine. */
export function exported(
  format: Format,
  columns: readonly Column[],
  rows: readonly MachineRow[],
): { text: string; type: string } {
  return { text: format === 'csv' ? csv(columns, rows) : json(columns, rows), type: TYPES[format] }
}

/** Takes what the list shows (its account, and its group unless it is of all) and returns the name of a file of today. */
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

// By BigV's own words for what it has; sizes in MiB, as its API has them.
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
