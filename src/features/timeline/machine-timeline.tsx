import { useState } from 'react'
import { factsInWords, factsOf } from '../../operations/activity/seen/picture.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Segmented } from '../../ui/fields/radio-group.tsx'
import { Axis, Legend, Strip } from './strip.tsx'
import { useTimelineOf } from './use-timeline.ts'

const FEW = 5

/** When this browser saw a machine on and off, and what changed. */
export function MachineTimeline({ id }: { id: number }) {
  const [named, setRange] = useState<string | null>(null)
  const [whole, setWhole] = useState(false)
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
        <Legend />
      </div>
      {shown.length > 0 && (
        <ul aria-label="Changes" className="divide-y divide-line border-t border-line px-3.5 py-1">
          {shown.slice(0, whole ? undefined : FEW).map(({ key, text, when }) => (
            <li key={key} className="py-1.5">
              <span className="block wrap-anywhere">{text}</span>
              <span className="text-xs text-muted tabular-nums">{when}</span>
            </li>
          ))}
        </ul>
      )}
      {shown.length > FEW && !whole && (
        <div className="border-t border-line px-2 py-1">
          <Button variant="quiet" size="small" onClick={() => setWhole(true)}>
            Show all {shown.length} changes
          </Button>
        </div>
      )}
    </Card>
  )
}
