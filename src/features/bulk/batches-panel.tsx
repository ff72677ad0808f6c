import { useId, useState } from 'react'
import { Link } from 'react-router'
import { simpleActions } from '../../actions/index.ts'
import { groupName } from '../../api/groups.ts'
import { Elapsed } from '../../components/elapsed.tsx'
import { links } from '../../lib/links.ts'
import { yesNo } from '../../lib/text.ts'
import { formatWhen, formatElapsed } from '../../lib/times.ts'
import { useNowSelected } from '../../lib/use-now.ts'
import {
  batchTitle,
  canRetry,
  hasFailed,
  notDone,
  tally,
  tallySentence,
  type Batch,
  type BatchItem,
  type Tally,
} from '../../operations/batch/batch.ts'
import { confirmItemRestart } from '../../operations/batch/control.ts'
import { waitReason } from '../../operations/batch/pauses.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Segmented } from '../../ui/fields/radio-group.tsx'
import { PartPrinted } from '../../ui/part-printed.tsx'
import { Tag } from '../../ui/tag.tsx'
import { useMeasuredRows } from '../../ui/virtual-rows.ts'
import { BatchBar } from './batch-bar.tsx'
import { BatchControls, BatchNotices } from './batch-controls.tsx'
import { resultOf, stepText } from './report.ts'

interface Props {
  batches: readonly Batch[]
  /** The batch whose results are open, beside the newest. */
  opened: string | null
  onClose: () => void
}

/** All batches of this session, newest first, with controls and each machine's result. */
export function BatchesPanel({ batches, opened, onClose }: Props) {
  const newest = batches.at(-1)?.key
  return (
    <Dialog
      width="wide"
      title="Bulk runs"
      description="They continue while you use other pages. Closing this tab ends them."
      onClose={onClose}
    >
      <div className="grid gap-4">
        {batches.length === 0 && <p className="text-muted">No bulk runs yet.</p>}
        {batches.toReversed().map((batch) => (
          <BatchCard
            key={batch.key}
            batch={batch}
            open={batch.key === opened || batch.key === newest}
            onFollow={onClose}
          />
        ))}
      </div>
    </Dialog>
  )
}

type Filter = 'all' | 'trouble' | keyof typeof STATES

/** The filters of the results: one for each number in a batch's tally. */
const STATES = {
  failed: 'Failed',
  unclear: 'Unclear',
  'not sent': 'Not sent',
  cancelled: 'Cancelled',
  'no longer watching': 'No longer watching',
  running: 'Running',
  overdue: 'Overdue',
  done: 'Done',
  queued: 'Queued',
  skipped: 'Skipped',
} as const satisfies Record<Exclude<keyof Tally, 'total'>, string>
const FILTERS = ['all', 'trouble', ...(Object.keys(STATES) as (keyof typeof STATES)[])] as const

function matches(filter: Filter, item: BatchItem): boolean {
  if (filter === 'all') return true
  if (filter === 'trouble') return canRetry(item) || item.overdue
  return filter === (hasFailed(item.result) ? 'failed' : resultOf(item))
}

/** The states that need a look. If all such machines are in one state, its own filter is enough. */
const TROUBLE = ['failed', 'unclear', 'not sent', 'cancelled', 'no longer watching', 'overdue'] as const

/** How many machines need a look: those that aren't done, and those that are overdue. */
const troubleOf = (count: Tally): number => notDone(count) + count.overdue

interface CardProps {
  batch: Batch
  open: boolean
  /** Called when a machine's page is opened. */
  onFollow: () => void
}

/** A batch with its progress, controls and machines. */
function BatchCard({ batch, open, onFollow }: CardProps) {
  const id = useId()
  const count = tally(batch.items)
  const trouble = troubleOf(count)
  // Opens on what failed or is unclear, until nothing is left of that or the user chooses another filter.
  const [chosen, setFilter] = useState<Filter>(trouble > 0 ? 'trouble' : 'all')
  const only = TROUBLE.find((kind) => count[kind] === trouble)
  const filter = chosen !== 'trouble' ? chosen : trouble === 0 ? 'all' : (only ?? chosen)
  const title = batchTitle(simpleActions[batch.action], count.total)
  const waits = useNowSelected(() => waitReason(batch)) !== null
  const shown = batch.items.filter((item) => matches(filter, item))
  const option = (value: Filter) => {
    if (value === 'all') return { value, label: 'All', count: batch.items.length }
    return value === 'trouble'
      ? { value, label: 'Need a look', count: trouble }
      : { value, label: STATES[value], count: count[value] }
  }
  const { label, tone } = waits && batch.state === 'running' ? WAITING : STATE_TAGS[batch.state]
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-xl border border-line">
      <div className="grid gap-3 p-3.5">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h3 id={id} className="min-w-0 flex-1 font-semibold wrap-anywhere">
            {title}
            {batch.rolling && <span className="font-normal text-muted"> · rolling</span>}
          </h3>
          <Tag tone={tone}>{label}</Tag>
          <span className="text-xs text-muted">
            {formatWhen(batch.begunAt)} ·{' '}
            {batch.endedAt === null ? (
              <Elapsed since={batch.begunAt} />
            ) : (
              formatElapsed(batch.endedAt - batch.begunAt)
            )}
          </span>
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <BatchBar className="flex-[1_1_12rem]" label={`${title}, progress`} count={count} />
          <span className="text-xs text-muted">
            {tallySentence(count)}
            {count.skipped > 0 && `; ${count.skipped} skipped`}
          </span>
        </div>
        <BatchNotices batch={batch} count={count} />
        <BatchControls batch={batch} count={count} />
      </div>
      <details open={open} className="border-t border-line">
        <summary className="cursor-pointer px-3.5 py-2 text-xs font-semibold text-muted">
          Results by machine
        </summary>
        <div className="px-3.5 pb-2.5">
          <Segmented
            label="Show machines"
            className="max-sm:flex-wrap"
            value={filter}
            onChange={setFilter}
            options={FILTERS.map((value) => option(value)).filter(
              ({ value, count }) =>
                value === 'all' ||
                value === filter ||
                (count > 0 && (value !== 'trouble' || only === undefined)),
            )}
          />
        </div>
        <BatchItems batch={batch} items={shown} onFollow={onFollow} />
      </details>
    </section>
  )
}

const WAITING = { label: 'Waiting', tone: 'warn' } as const
const STATE_TAGS = {
  running: { label: 'Running', tone: 'info' },
  paused: { label: 'Paused', tone: 'warn' },
  stopped: { label: 'Stopped', tone: 'warn' },
  over: { label: 'Finished', tone: 'quiet' },
} as const

interface ItemsProps {
  batch: Batch
  items: readonly BatchItem[]
  onFollow: () => void
}

const ESTIMATED_ROW_PX = 41

/** The machines of a batch with their results. Only those in view are rendered. */
function BatchItems({ batch, items, onFollow }: ItemsProps) {
  const { scroller, onScroll, measure, height, topOf, first, end } = useMeasuredRows(
    items.map(({ id }) => id),
    ESTIMATED_ROW_PX,
  )
  if (items.length === 0) return <p className="px-3.5 pb-3 text-muted">No machines.</p>
  return (
    <div
      ref={scroller}
      onScroll={onScroll}
      role="region"
      aria-label="Machines in this run"
      className="max-h-80 overflow-y-auto rounded-b-xl border-t [overflow-anchor:none] border-line print:max-h-none print:overflow-visible"
    >
      <PartPrinted count={items.length} noun="machine" />
      <ul aria-label="Results" className="relative print:h-auto!" style={{ height }}>
        {items.slice(first, end).map((item, at) => (
          <li
            key={item.id}
            ref={measure}
            data-key={item.id}
            aria-setsize={items.length}
            aria-posinset={first + at + 1}
            style={{ transform: `translateY(${topOf(first + at)}px)` }}
            className="absolute inset-x-0 top-0 border-b border-line px-3.5 py-2 print:static print:transform-none!"
          >
            <ItemRow batch={batch} item={item} onFollow={onFollow} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function ItemRow({ batch, item, onFollow }: Omit<ItemsProps, 'items'> & { item: BatchItem }) {
  const { ref, id, name, note, attempts, autoreboot, steps } = item
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <Link
          to={links.machine(ref, id)}
          onClick={onFollow}
          translate="no"
          className="min-w-0 flex-[1_1_10rem] py-0.5 font-semibold wrap-anywhere hover:underline"
        >
          {/* A margin alone would have screen readers say one word. */}
          {name} <span className="ml-1 text-xs font-normal text-muted">{groupName(ref)}</span>
        </Link>
        {autoreboot && (
          <span className="text-xs text-muted">
            automatic restart: {yesNo(autoreboot.before)} → {yesNo(autoreboot.after)}
          </span>
        )}
        {attempts > 1 && <span className="text-xs text-muted">{attempts} attempts</span>}
        <Tag tone={toneOf(item)}>{resultOf(item)}</Tag>
      </div>
      {note && <p className="mt-0.5 text-xs wrap-anywhere">{note}</p>}
      {item.result === 'unclear' && simpleActions[batch.action].watch?.unseenNote && (
        <Button size="small" className="mt-1" onClick={() => confirmItemRestart(batch.key, id)}>
          Mark as restarted
        </Button>
      )}
      {canRetry(item) && steps.length > 0 && (
        <ul aria-label={`Requests for ${name}`} className="mt-0.5 font-mono text-xs text-muted wrap-anywhere">
          {steps.map((step) => (
            <li key={`${step.trace?.startedAt ?? 0} ${step.path} ${step.method}`}>{stepText(step)}</li>
          ))}
        </ul>
      )}
    </>
  )
}

function toneOf(item: BatchItem) {
  if (item.phase === 'begun') return item.overdue ? 'warn' : 'info'
  if (item.result === 'done') return 'ok'
  if (item.result === 'unclear' || item.result === 'no longer watching' || item.result === 'not sent')
    return 'warn'
  return hasFailed(item.result) ? 'danger' : 'quiet'
}
