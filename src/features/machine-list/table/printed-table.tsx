import { Fragment } from 'react'
import { MOST_PRINTED, usePrinting } from '../../../lib/browser/printing.ts'
import { PartPrinted } from '../../../ui/part-printed.tsx'
import type { GroupedRows } from './use-grouped.ts'
import type { Column, MachineRow } from './columns.ts'

interface Props {
  label: string
  rows: readonly MachineRow[]
  grouped: GroupedRows | null
  columns: readonly Column[]
}

/** The machines on paper: all rows under their headings, each as high as its texts, and the column headers on every page. */
export function PrintedTable({ label, rows, grouped, columns }: Props) {
  if (!usePrinting()) return null
  return (
    <>
      <PartPrinted count={rows.length} noun="machine" />
      <table aria-label={label} className="w-full border-collapse text-xs">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={`${CELL} ${alignment(column)}`}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_PRINTED).map((row) => {
            const heading = grouped?.headings.get(row.vm.id)
            return (
              <Fragment key={row.vm.id}>
                {heading && (
                  <tr>
                    <th colSpan={columns.length} className={`${CELL} pt-3 text-left`}>
                      {heading.label} · {heading.counts}
                    </th>
                  </tr>
                )}
                <tr>
                  {columns.map((column) => (
                    <td key={column.id} className={`${CELL} ${alignment(column)}`}>
                      {column.text(row)}
                    </td>
                  ))}
                </tr>
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </>
  )
}

const CELL = 'border-b border-line px-1.5 py-1 align-top wrap-anywhere'

function alignment({ numeric = false }: Column): string {
  return numeric ? 'text-right whitespace-nowrap' : 'text-left'
}
