import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { Link } from 'react-router'
import { links } from '../../lib/links.ts'
import { yesNo } from '../../lib/text.ts'
import { hasFailed, type BatchItem } from '../../operations/batch/batch.ts'
import { Tag } from '../../ui/tag.tsx'
import { resultOf, stepText } from './report.ts'

interface Props {
  items: readonly BatchItem[]
  onFollow: () => void
}

const USUAL_PX = 41

/** The machines of a batch with their results; only those in view are on the page. */
export function BatchItems({ items, onFollow }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => USUAL_PX,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 6,
  })
  if (items.length === 0) return <p className="px-3.5 pb-3 text-muted">None.</p>
  return (
    <div
      ref={scroller}
      role="region"
      aria-label="Machines of the run"
      className="max-h-80 overflow-y-auto rounded-b-xl border-t border-line"
    >
      <ul aria-label="Results" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const item = items[index]
          return (
            item && (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                aria-setsize={items.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
                className="absolute inset-x-0 top-0 border-b border-line px-3.5 py-2"
              >
                <Row item={item} onFollow={onFollow} />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

function Row({ item, onFollow }: { item: BatchItem; onFollow: () => void }) {
  const { ref, id, name, note, attempts, autoreboot, steps } = item
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <Link
          to={links.machine(ref, id)}
          onClick={onFollow}
          className="min-w-0 flex-[1_1_10rem] py-0.5 font-semibold wrap-anywhere hover:underline"
        >
          {name}
          <span className="ml-2 text-xs font-normal text-muted">{ref.group}</span>
        </Link>
        {autoreboot && (
          <span className="text-xs text-muted">
            autoreboot_on: {yesNo(autoreboot.before)} → {yesNo(autoreboot.after)}
          </span>
        )}
        {attempts > 1 && <span className="text-xs text-muted">{attempts} attempts</span>}
        <Tag tone={toneOf(item)}>{resultOf(item)}</Tag>
      </div>
      {note && <p className="mt-0.5 text-xs wrap-anywhere">{note}</p>}
      {hasFailed(item) && steps.length > 0 && (
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
  return hasFailed(item) ? 'danger' : 'quiet'
}
