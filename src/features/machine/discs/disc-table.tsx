import type { Definitions } from '../../../api/definitions.ts'
import type { Disc } from '../../../api/virtual-machines.ts'
import { formatMib } from '../../../lib/units.ts'
import { MOST_DISCS } from '../../../actions/discs.ts'
import { DiscRow, type DiscReasons } from './disc-row.tsx'

interface Props {
  discs: readonly Disc[]
  definitions: Definitions | undefined
  reasonFor: DiscReasons
  onChange: (disc: Disc) => void
  onMove: (disc: Disc) => void
  onPurge: (disc: Disc) => void
}

const HEAD = 'border-b border-line px-3.5 py-2 text-left font-semibold'

/** The machine's discs in BigV's order, the first being the one that boots, and their total. */
export function DiscTable({ discs, definitions, reasonFor, onChange, onMove, onPurge }: Props) {
  const total = discs.reduce((sum, { size }) => sum + size, 0)
  return (
    <>
      <table className="w-full border-collapse">
        <thead className="bg-raised text-xs text-muted">
          <tr>
            <th scope="col" className={HEAD}>
              Label
            </th>
            <th scope="col" className={`${HEAD} max-md:hidden`}>
              Storage grade
            </th>
            <th scope="col" className={`${HEAD} max-lg:hidden`}>
              Pool
            </th>
            <th scope="col" className={`${HEAD} text-right!`}>
              Size
            </th>
            <th scope="col" className={HEAD}>
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {discs.map((disc, index) => (
            <DiscRow
              key={disc.id}
              disc={disc}
              boots={index === 0}
              description={definitions?.storage_grade_descriptions[disc.storage_grade ?? '']}
              reasonFor={reasonFor}
              onChange={() => onChange(disc)}
              onMove={() => onMove(disc)}
              onPurge={() => onPurge(disc)}
            />
          ))}
        </tbody>
      </table>
      <p className="flex justify-between gap-4 px-3.5 py-2 text-muted">
        <span>
          Total, {discs.length} of at most {MOST_DISCS} discs
        </span>
        <strong className="text-text">{formatMib(total)}</strong>
      </p>
    </>
  )
}
