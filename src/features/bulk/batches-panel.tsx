import { useId, useState } from 'react'
import { restReason } from '../../operations/batch/rest.ts'
import { standingOf } from '../../operations/batch/report.ts'
import { hasFailed, tally, tallySentence, type Item, type Run } from '../../operations/batch/run.ts'
import { taskTitle } from '../../operations/batch/task.ts'
import { formatClock, formatElapsed } from '../../lib/times.ts'
import { Meter } from '../../ui/meter.tsx'
import { Segmented } from '../../ui/fields/segmented.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Elapsed } from '../../components/elapsed.tsx'
import { useNowSelected } from '../../lib/use-now.ts'
import { RunControls } from './run-controls.tsx'
import { RunItems } from './run-items.tsx'
import { RunNotices } from './run-notices.tsx'

interface Props {
  run: Run
  open: boolean
  /** Called when a machine's page is gone to. */
  onFollow: () => void
}

type Filter = 'all' | 'failed' | 'under way' | 'done' | 'not begun' | 'left alone'

const FILTERS: Record<Filter, (item: Item) => boolean> = {
  all: () => true,
  failed: hasFailed,
  'under way': ({ phase }) => phase === 'begun',
  done: ({ result }) => result === 'done',
  'not begun': ({ phase }) => phase === 'queued',
  'left alone': ({ result }) => result === 'left alone',
}

const LABELS: Record<Filter, string> = {
  all: 'All',
  failed: 'Failed',
  'under way': 'Under way',
  done: 'Done',
  'not begun': 'Not begun',
  'left alone': 'Left alone',
}

/** One bulk run: how far it is, its controls, and its machines. */
export function RunCard({ run, open, onFollow }: Props) {
  const id = useId()
  const [filter, setFilter] = useState<Filter>('all')
  const count = tally(run.items)
  const ended = count.done + count.failed
  // What it rests for is no part of the run.
  const rests = useNowSelected(() => restReason(run)) !== null
  const shown = run.items.filter(FILTERS[filter])
  const counts = Object.fromEntries(
    Object.entries(FILTERS).map(([key, fits]) => [key, run.items.filter(fits).length]),
  )
  const { label, tone } = stateOf(run, rests)
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-xl border border-line">
      <div className="grid gap-3 p-3.5">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h3 id={id} className="min-w-0 flex-1 font-semibold wrap-anywhere">
            {taskTitle(run.task, count.total)}
            {run.rolling && <span className="font-normal text-muted"> · rolling</span>}
          </h3>
          <Tag tone={tone}>{label}</Tag>
          <span className="text-xs text-muted">
            {formatClock(run.begunAt)} ·{' '}
            {run.endedAt === null ? (
              <Elapsed since={run.begunAt} />
            ) : (
              formatElapsed(run.endedAt - run.begunAt)
            )}
          </span>
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Meter
            role="progressbar"
            className="flex-[1_1_12rem]"
            label={`${taskTitle(run.task, count.total)}, progress`}
            value={ended}
            max={count.total}
            text={tallySentence(count)}
            tone={count.failed > 0 ? 'warn' : run.state === 'over' ? 'ok' : 'accent'}
          />
          <span className="text-xs text-muted">
            {tallySentence(count)}
            {count.leftAlone > 0 && `; ${count.leftAlone} left alone`}
          </span>
        </div>
        <RunNotices run={run} count={count} />
        <RunControls run={run} count={count} />
      </div>
      <details open={open} className="border-t border-line">
        <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
          Result of each machine
        </summary>
        <div className="px-3.5 pb-2.5">
          <Segmented
            label="Which machines"
            value={filter}
            onChange={setFilter}
            options={(Object.keys(FILTERS) as Filter[])
              .filter((key) => key === 'all' || key === filter || (counts[key] ?? 0) > 0)
              .map((value) => ({ value, label: LABELS[value], count: counts[value] }))}
          />
        </div>
        <RunItems items={shown} standingOf={standingOf} onFollow={onFollow} />
      </details>
    </section>
  )
}

function stateOf({ state }: Run, rests: boolean) {
  switch (state) {
    case 'running':
      return rests
        ? ({ label: 'Waiting', tone: 'warn' } as const)
        : ({ label: 'Running', tone: 'info' } as const)
    case 'paused':
      return { label: 'Paused', tone: 'warn' } as const
    case 'stopped':
      return { label: 'Stopped', tone: 'warn' } as const
    case 'over':
      return { label: 'Over', tone: 'quiet' } as const
  }
}
