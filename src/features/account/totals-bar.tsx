import type { ReactNode } from 'react'
import { formatMib } from '../../lib/units.ts'
import { Meter } from '../../ui/meter.tsx'
import type { Totals } from './totals.ts'

/** What the whole account comes to. */
export function TotalsBar({ totals }: { totals: Totals }) {
  const { machines, running, cores, memory, disc, grades } = totals
  return (
    <dl
      aria-label="The whole account"
      className="mb-5 grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line lg:grid-cols-4"
    >
      <Total term="Machines" value={String(machines)}>
        <p>
          {running} on, {machines - running} off
        </p>
        <Meter
          value={running}
          max={machines}
          label="Machines on"
          tone="ok"
          text={`${running} of ${machines}`}
        />
      </Total>
      <Total term="Cores" value={String(cores)} />
      <Total term="Memory" value={formatMib(memory)} />
      <Total term="Discs" value={formatMib(disc)}>
        {Object.entries(grades).map(([grade, size]) => (
          <div key={grade}>
            <p className="mb-1 flex justify-between gap-x-2">
              <span>{grade}</span>
              {formatMib(size)}
            </p>
            <Meter
              value={size}
              max={disc}
              label={`Discs, ${grade}`}
              text={`${formatMib(size)} of ${formatMib(disc)}`}
            />
          </div>
        ))}
      </Total>
    </dl>
  )
}

function Total({ term, value, children }: { term: string; value: string; children?: ReactNode }) {
  return (
    <div className="bg-surface px-3.5 py-3 wrap-anywhere">
      <dt className="text-xs text-muted">{term}</dt>
      <dd>
        <span className="text-xl font-semibold tabular-nums">{value}</span>
        {children && <div className="mt-1 grid gap-1.5 text-xs text-muted tabular-nums">{children}</div>}
      </dd>
    </div>
  )
}
