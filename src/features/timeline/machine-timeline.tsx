import { useId, useState } from 'react'
import { countOf } from '../../lib/units.ts'
import { factsInWords, factsOf } from '../../operations/activity/seen/picture.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Segmented } from '../../ui/fields/radio-group.tsx'
import { Axis, Legend, Strip } from './strip.tsx'
import { useTimelineOf } from './use-timeline.ts'

/** When this browser saw a machine on and off, and what changed. */
export function MachineTimeline({ id }: { id: number }) {
  const [named, setRange] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const list = useId()
  const { lines, ranges, range, from, to } = useTimelineOf([id], named)
  const { segments = [], events = [] } = lines[0] ?? {}
  const shown = events.filter(({ at }) => at >= from)
  const facts = factsInWords(factsOf(segments, from, to))
  return (
    <Card
      title="Timeline"
      actions={
        ranges.length > 1 && (
          <Segmented
            label="Time shown"
            value={range?.value ?? ''}
            options={ranges}
            onChange={setRange}
            className="text-xs"
          />
        )
      }
    >
      <div className="grid gap-2 px-3.5 py-3">
        <p className="tabular-nums">{facts}</p>
        <div>
          <Strip label={facts} segments={segments} events={shown} from={from} to={to} />
          <Axis from={from} to={to} />
        </div>
        <Legend of={[{ segments, events: shown }]} />
      </div>
      {/* Closed at first: the page lists this session's changes, too. */}
      {shown.length > 0 && (
        <div className="border-t border-line px-1.5 py-1">
          <Button
            variant="quiet"
            size="small"
            aria-expanded={open}
            aria-controls={list}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide changes' : `Show ${countOf(shown.length, 'change')}`}
          </Button>
        </div>
      )}
      <ul
        id={list}
        hidden={!open || shown.length === 0}
        aria-label="Changes"
        className="divide-y divide-line px-3.5 pb-1"
      >
        {open &&
          shown.map(({ key, text, when }) => (
            <li key={key} className="py-1.5">
              <span className="block wrap-anywhere">{text}</span>
              <span className="text-xs text-muted tabular-nums">{when}</span>
            </li>
          ))}
      </ul>
    </Card>
  )
}
