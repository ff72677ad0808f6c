import type { SeenState, Segment } from '../../operations/activity/seen/history.ts'
import { ticksOf } from './axis.ts'
import type { TimelineEvent } from './events.ts'

interface Part {
  from: number
  to: number
}

interface StripProps extends Part {
  /** For screen readers: what the picture shows. */
  label: string
  segments: readonly Segment[]
  events: readonly TimelineEvent[]
}

const WIDTH = 1000
/** The least width of a span, in thousandths of the strip, so that a moment can be seen. */
const LEAST = 1.5
/** The vertical place of a state's bar. States differ in height, so that they can be told apart without colours. */
const BARS: Record<SeenState, readonly (readonly [y: number, height: number])[]> = {
  on: [[0, 16]],
  off: [[11, 5]],
  deleted: [
    [8, 2],
    [13, 2],
  ],
}
const COLOURS: Record<SeenState, string> = { on: 'text-ok', off: 'text-danger', deleted: 'text-muted' }
const STATES = ['on', 'off', 'deleted'] as const

/** A machine's part of the timeline: a bar where it was watched, and a mark at each event. */
export function Strip({ label, segments, events, from, to }: StripProps) {
  return (
    <div role="img" aria-label={label} className="relative h-6">
      <svg
        aria-hidden
        viewBox={`0 0 ${WIDTH} 16`}
        preserveAspectRatio="none"
        className="absolute inset-x-0 bottom-0 h-4 w-full border-b border-dashed border-line-strong"
      >
        {STATES.map((state) => (
          <path
            key={state}
            d={pathOf(
              segments.filter(({ is }) => is.state === state),
              state,
              { from, to },
            )}
            fill="currentcolor"
            className={`${COLOURS[state]} opacity-75 forced-colors:fill-[CanvasText]`}
          />
        ))}
      </svg>
      {events
        .filter(({ at }) => at >= from && at <= to)
        .map(({ key, at, title, own }) => (
          <span
            key={key}
            title={title}
            // Wider than its line, for the pointer.
            className="absolute inset-y-0 -ml-1 w-2"
            style={{ left: `${share(at, { from, to }) * 100}%` }}
          >
            <span
              className={`mx-auto block h-full w-0 ${own ? 'border-l-2 border-accent' : 'border-l border-dashed border-text'}`}
            />
          </span>
        ))}
    </div>
  )
}

function pathOf(segments: readonly Segment[], state: SeenState, part: Part): string {
  let path = ''
  for (const { from, to } of segments) {
    if (to < part.from || from > part.to) continue
    const begin = Math.max(0, share(from, part)) * WIDTH
    const width = Math.max(LEAST, Math.min(1, share(to, part)) * WIDTH - begin)
    for (const [y, height] of BARS[state]) {
      path += `M${begin.toFixed(1)} ${y}h${width.toFixed(1)}v${height}h${(-width).toFixed(1)}z`
    }
  }
  return path
}

const share = (at: number, { from, to }: Part): number => (at - from) / (to - from)

/** The times below the strips. */
export function Axis({ from, to }: Part) {
  return (
    <div aria-hidden className="relative h-5 overflow-hidden text-2xs text-muted tabular-nums">
      {ticksOf(from, to).map(({ at, label }) => {
        const left = share(at, { from, to })
        return (
          <span
            key={at}
            className="absolute top-0 border-l border-line-strong pl-1 whitespace-nowrap"
            style={{ left: `${left * 100}%` }}
          >
            {left < 0.9 && label}
          </span>
        )
      })}
    </div>
  )
}

/** What the shapes of these lines mean. */
export function Legend({ of }: { of: readonly Pick<StripProps, 'segments' | 'events'>[] }) {
  const segments = of.flatMap((line) => line.segments)
  const events = of.flatMap((line) => line.events)
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-muted">
      {STATES.filter((state) => segments.some(({ is }) => is.state === state)).map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <svg aria-hidden viewBox="0 0 18 16" className={`h-3.5 w-4 ${COLOURS[state]} opacity-75`}>
            {BARS[state].map(([y, height]) => (
              <rect
                key={y}
                y={y}
                width="18"
                height={height}
                fill="currentcolor"
                className="forced-colors:fill-[CanvasText]"
              />
            ))}
          </svg>
          <span>{{ on: 'On', off: 'Off', deleted: 'Deleted' }[state]}</span>
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="h-3.5 w-4 border-b border-dashed border-line-control" />
        <span>Not watched</span>
      </li>
      {events.some(({ own }) => own) && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="h-3.5 border-l-2 border-accent" />
          <span>Your action</span>
        </li>
      )}
      {events.some(({ own }) => !own) && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="h-3.5 border-l border-dashed border-text" />
          <span>Other change</span>
        </li>
      )}
    </ul>
  )
}
