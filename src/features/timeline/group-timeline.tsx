import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import type { VirtualMachine } from '../../api/virtual-machines.ts'
import { links, type GroupRef } from '../../lib/links.ts'
import { countOf } from '../../lib/units.ts'
import {
  factsInWords,
  factsOf,
  stateInWords,
  watchedInWords,
} from '../../operations/activity/seen/picture.ts'
import { seenChangeAt, useSeenVersion } from '../../operations/activity/seen/store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Segmented } from '../../ui/fields/radio-group.tsx'
import { KeepSetting } from './keep-setting.tsx'
import { Axis, Legend, Strip } from './strip.tsx'
import { useTimelineOf } from './use-timeline.ts'

const PAGE = 25
const ROW = 'grid items-center gap-x-4 sm:grid-cols-[9rem_minmax(0,1fr)_13rem]'

interface Row {
  group: GroupRef
  vm: VirtualMachine
}

interface Props {
  /** The group or account. */
  what: string
  /** The machines that the list shows. */
  rows: readonly Row[]
  /** The name of the range shown, and a function to show another. */
  range: string | null
  onRange: (range: string) => void
  onClose: () => void
}

/** When this browser saw a list's machines on and off. Those that changed last come first. */
export function GroupTimeline({ what, rows, range: named, onRange, onClose }: Props) {
  const [count, setCount] = useState(PAGE)
  const version = useSeenVersion()
  // oxlint-disable-next-line react/exhaustive-deps -- the version stands for what seenChangeAt reads
  const sorted = useMemo(() => byLastChange(rows), [rows, version])
  const shown = sorted.slice(0, count)
  const { lines, ranges, range, from, to } = useTimelineOf(
    shown.map(({ vm }) => vm.id),
    named,
  )
  return (
    <Dialog
      width="wide"
      title={
        <>
          <span>Timeline of </span>
          <span translate="no">{what}</span>
        </>
      }
      description={`${countOf(rows.length, 'machine')}, those that changed last first. Only what this browser has seen.`}
      onClose={onClose}
      initialFocus={() => true}
    >
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        {ranges.length > 1 && (
          <Segmented label="Time shown" value={range?.value ?? ''} options={ranges} onChange={onRange} />
        )}
        <Legend of={lines} />
      </div>
      <ul aria-label="Machines" className="divide-y divide-line">
        {shown.map(({ group, vm }, i) => {
          const { segments = [], events = [] } = lines[i] ?? {}
          const facts = factsOf(segments, from, to)
          const watched = watchedInWords(facts)
          return (
            <li key={vm.id} className={`${ROW} py-1.5`}>
              <Link
                to={links.machine(group, vm.id)}
                translate="no"
                className="font-medium text-accent wrap-anywhere hover:underline"
              >
                {vm.name}
              </Link>
              <Strip
                label={`${vm.name}: ${factsInWords(facts)}`}
                segments={segments}
                events={events}
                from={from}
                to={to}
              />
              <p aria-hidden className="text-xs text-muted tabular-nums">
                {/* Not one text: the second part has a line of its own on wider screens. */}
                <span className="text-text sm:block">{stateInWords(facts)}</span>
                {watched !== '' && <span className="max-sm:ml-2">{`watched ${watched}`}</span>}
              </p>
            </li>
          )
        })}
      </ul>
      <div className={ROW}>
        <span />
        <Axis from={from} to={to} />
      </div>
      {sorted.length > count && (
        <Button className="mt-2" onClick={() => setCount(count + PAGE)}>
          Show {Math.min(PAGE, sorted.length - count)} more
        </Button>
      )}
      <div className="mt-4 border-t border-line pt-3">
        <KeepSetting />
      </div>
    </Dialog>
  )
}

function byLastChange(rows: readonly Row[]): readonly Row[] {
  return rows
    .map((row) => ({ row, at: seenChangeAt(row.vm.id) }))
    .toSorted((a, b) => (a.at === b.at ? 0 : b.at - a.at))
    .map(({ row }) => row)
}
