import type { Disc } from '../../../api/virtual-machines.ts'
import { formatMib } from '../../../lib/units.ts'
import { Card } from '../../../ui/card.tsx'

const CELL = 'border-b border-line px-3.5 py-2 text-left'

/** The machine's discs. BigV boots from the first. */
export function Discs({ discs }: { discs: readonly Disc[] | null | undefined }) {
  if (!discs || discs.length === 0) {
    return (
      <Card title="Discs" padded>
        <p className="text-muted">{discs ? 'It has none.' : 'BigV did not say.'}</p>
      </Card>
    )
  }
  return (
    <Card title="Discs">
      <table className="w-full border-collapse">
        <thead className="bg-raised text-xs text-muted">
          <tr>
            <th scope="col" className={CELL}>
              Label
            </th>
            <th scope="col" className={CELL}>
              Grade
            </th>
            <th scope="col" className={`${CELL} text-right!`}>
              Size
            </th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>*]:border-b-0">
          {discs.map(({ id, label, size, storage_grade }, index) => (
            <tr key={id}>
              <td className={`${CELL} font-mono text-xs wrap-anywhere`}>
                {label} {index === 0 && <span className="font-sans text-muted">boot</span>}
              </td>
              <td className={CELL}>{storage_grade ?? <span className="text-muted">unknown</span>}</td>
              <td className={`${CELL} text-right! whitespace-nowrap`}>{formatMib(size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
