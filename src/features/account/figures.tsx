import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import { formatTotalMib } from '../../lib/units.ts'
import { Meter } from '../../ui/meter.tsx'
import { Skeleton } from '../../ui/spinner.tsx'
import type { Totals } from './totals.ts'

const CARDS =
  'mb-4 grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line @4xl:grid-cols-4'

/** What the account's machines use, of what is allotted to them. Each number links to the machines that it counts. */
export function Figures({ account, totals }: { account: string; totals: Totals }) {
  const { machines, running, deleted, cores, memory, disc, inUse, grades } = totals
  const all = links.allMachines(account)
  const on = links.searchAll(account, 'is:running')
  const off = links.searchAll(account, 'is:stopped')
  return (
    <dl aria-label="Account totals" className={CARDS}>
      <Figure term="Machines" value={<To to={all}>{machines}</To>}>
        <p className="flex flex-wrap items-center gap-x-1.5">
          <To to={on}>{running} on</To>
          <Dot />
          <To to={off}>{machines - running} off</To>
          {deleted > 0 && (
            <>
              <Dot />
              <To to={links.searchAll(account, 'is:deleted')}>{deleted} deleted</To>
            </>
          )}
        </p>
        <Meter
          value={running}
          max={machines}
          tone="ok"
          label="Machines on"
          text={`${running} of ${machines}`}
        />
      </Figure>
      <Figure term="Cores in use" value={<To to={on}>{inUse.cores}</To>} of={<To to={all}>{cores}</To>}>
        <p>
          <To to={off}>{cores - inUse.cores} in machines that are off</To>
        </p>
        <Meter value={inUse.cores} max={cores} label="Cores in use" text={`${inUse.cores} of ${cores}`} />
      </Figure>
      <Figure
        term="Memory in use"
        value={<To to={on}>{formatTotalMib(inUse.memory)}</To>}
        of={<To to={all}>{formatTotalMib(memory)}</To>}
      >
        <p>
          <To to={off}>{formatTotalMib(memory - inUse.memory)} in machines that are off</To>
        </p>
        <Meter
          value={inUse.memory}
          max={memory}
          label="Memory in use"
          text={`${formatTotalMib(inUse.memory)} of ${formatTotalMib(memory)}`}
        />
      </Figure>
      <Figure term="Storage" value={<To to={all}>{formatTotalMib(disc)}</To>}>
        <StorageBar grades={grades} disc={disc} />
      </Figure>
    </dl>
  )
}

function To(props: { to: string; children: ReactNode }) {
  return <Link {...props} className="inline-flex min-h-6 items-center hover:text-accent hover:underline" />
}

function Dot() {
  return <span aria-hidden>·</span>
}

interface FigureProps {
  term: string
  value: ReactNode
  /** The allotted number, of which the value is in use. */
  of?: ReactNode
  children: ReactNode
}

function Figure({ term, value, of, children }: FigureProps) {
  return (
    <div className="min-w-0 bg-surface px-3.5 py-3 wrap-anywhere">
      <dt className="text-xs text-muted">{term}</dt>
      <dd>
        <p className="text-muted tabular-nums">
          <span className="text-xl font-semibold text-text">{value}</span>
          {of && <span> of </span>}
          {of}
        </p>
        <div className="mt-1 grid gap-1.5 text-xs text-muted tabular-nums">{children}</div>
      </dd>
    </div>
  )
}

// From the strongest to the weakest tint of the accent. Further grades share the last one: BigV has four.
const TINTS = ['opacity-100', 'opacity-70', 'opacity-45', 'opacity-25']

/** One bar for all storage, divided by grade. Its legend is a table for screen readers. */
function StorageBar({ grades, disc }: { grades: Totals['grades']; disc: number }) {
  const sorted = Object.entries(grades)
    .toSorted(([, a], [, b]) => b - a)
    .map(([grade, size], at) => ({ grade, size, tint: TINTS[Math.min(at, TINTS.length - 1)] ?? '' }))
  return (
    <>
      <div aria-hidden className="grid gap-1.5">
        <div className="my-1.5 flex h-1.5 gap-px overflow-hidden rounded-full text-accent forced-colors:border">
          {sorted.map(({ grade, size, tint }) => (
            // A border, as forced-colours mode drops backgrounds.
            <span
              key={grade}
              className={`min-w-0.5 border-t-6 border-current ${tint}`}
              style={{ width: `${(size / disc) * 100}%` }}
            />
          ))}
        </div>
        <p className="flex flex-wrap gap-x-3 gap-y-0.5">
          {sorted.map(({ grade, size, tint }) => (
            <span key={grade} className="flex items-center gap-1">
              <span className={`size-2 rounded-xs border-4 border-accent ${tint}`} />
              <span translate="no">{grade}</span>
              <span>{formatTotalMib(size)}</span>
            </span>
          ))}
        </p>
      </div>
      <div className="sr-only">
        <table>
          <caption>Storage by grade</caption>
          <thead>
            <tr>
              <th scope="col">Grade</th>
              <th scope="col">Size</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ grade, size }) => (
              <tr key={grade}>
                <th scope="row" translate="no">
                  {grade}
                </th>
                <td>{formatTotalMib(size)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** The figures' places while the account is being loaded. */
export function FiguresSkeleton() {
  return (
    <div className={CARDS}>
      {['Machines', 'Cores in use', 'Memory in use', 'Storage'].map((term) => (
        <div key={term} className="grid h-33 content-start gap-2 bg-surface px-3.5 py-3">
          <span className="text-xs text-muted">{term}</span>
          <Skeleton className="h-5! w-16" />
          <Skeleton className="w-28 max-w-full" />
        </div>
      ))}
    </div>
  )
}
