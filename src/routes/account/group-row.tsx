import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import { formatMib } from '../../lib/units.ts'
import { Meter } from '../../ui/meter.tsx'
import type { GroupTotals, Totals } from './totals.ts'

interface Props {
  account: string
  group: GroupTotals
  all: Totals
}

/** One group: where it leads, and what it takes. The bars are its share of the account, the first how much of it is on. */
export function GroupRow({ account, group, all }: Props) {
  const { name, machines, running, cores, memory, disc, grades } = group
  const inGrades = Object.entries(grades).map(([grade, size]) => `${formatMib(size)} ${grade}`)
  return (
    <li className="grid gap-x-5 gap-y-2 px-3.5 py-3 @3xl:grid-cols-[minmax(8rem,1fr)_minmax(0,2.4fr)] @3xl:items-center">
      <h3 className="min-w-0 font-semibold wrap-anywhere">
        <Link to={links.machines({ account, group: name })} className="text-accent hover:underline">
          {name}
        </Link>
      </h3>
      <dl className="grid grid-cols-2 gap-x-5 gap-y-2 @xl:grid-cols-4">
        <Share term="Machines" value={`${running} / ${machines} on`}>
          <Meter
            value={running}
            max={machines}
            tone="ok"
            label={`Machines on in ${name}`}
            text={`${running} of ${machines}`}
          />
        </Share>
        <Share term="Cores" value={String(cores)}>
          <Meter value={cores} max={all.cores} label={`Cores of ${name}`} text={`${cores} of ${all.cores}`} />
        </Share>
        <Share term="Memory" value={formatMib(memory)}>
          <Meter
            value={memory}
            max={all.memory}
            label={`Memory of ${name}`}
            text={`${formatMib(memory)} of ${formatMib(all.memory)}`}
          />
        </Share>
        <Share term="Discs" value={inGrades.join(', ') || '–'}>
          <Meter
            value={disc}
            max={all.disc}
            label={`Discs of ${name}`}
            text={`${formatMib(disc)} of ${formatMib(all.disc)}`}
          />
        </Share>
      </dl>
    </li>
  )
}

function Share({ term, value, children }: { term: string; value: string; children: ReactNode }) {
  return (
    <div className="min-w-0 text-xs">
      <dt className="text-muted">{term}</dt>
      <dd>
        <span className="mb-1 block tabular-nums">{value}</span>
        {children}
      </dd>
    </div>
  )
}
