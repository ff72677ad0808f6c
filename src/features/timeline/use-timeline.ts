import { useNowSelected } from '../../lib/use-now.ts'
import { useChangesElsewhere } from '../../operations/activity/changes-elsewhere/store.ts'
import type { Segment } from '../../operations/activity/seen/history.ts'
import { seenSegments, useSeenVersion } from '../../operations/activity/seen/store.ts'
import { useOperations } from '../../operations/store.ts'
import { rangesSince, type Range } from './axis.ts'
import { eventsOf, type TimelineEvent } from './events.ts'

const STEP_MS = 10_000

interface MachineLine {
  id: number
  segments: readonly Segment[]
  events: readonly TimelineEvent[]
}

interface TimelineData {
  lines: readonly MachineLine[]
  /** The ranges to offer, and the one shown; the range shown by default has everything seen. */
  ranges: readonly Range[]
  range: Range | undefined
  from: number
  to: number
}

/** What was seen of some machines, in the range of this name. Follows the time in steps of 10 s. */
export function useTimelineOf(ids: readonly number[], named: string | null): TimelineData {
  useSeenVersion()
  const operations = useOperations()
  const elsewhere = useChangesElsewhere()
  const to = useNowSelected((now) => Math.ceil(now / STEP_MS) * STEP_MS)
  const all = ids.map((id) => ({ id, segments: seenSegments(id) }))
  const first = all.reduce((least, { segments: [begin] }) => Math.min(least, begin?.from ?? to), to)
  const ranges = rangesSince(first, to)
  const range = ranges.find(({ value }) => value === named) ?? ranges.at(-1)
  return {
    ranges,
    range,
    to,
    from: to - (range?.ms ?? 0),
    lines: all.map(({ id, segments }) => ({
      id,
      segments,
      events: eventsOf({ id, segments, operations, elsewhere }),
    })),
  }
}
