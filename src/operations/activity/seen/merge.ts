import {
  EMPTY,
  isSameSituation,
  placeOf,
  segmentsOf,
  type History,
  type MachineHistory,
  type Run,
  type Segment,
  type Situation,
} from './history.ts'
import { clip, hasBetween, unite, type Intervals } from './intervals.ts'

// Several tabs, and several sessions, each saw a part. What was seen in any of them was seen.

const SECOND = 1000

/** What both histories show of a machine. Where they differ, the one that saw the machine begin its situation later is right. */
export function mergeSegments(a: readonly Segment[], b: readonly Segment[]): Segment[] {
  // The next one is the last in the list.
  const due = [...a, ...b].toSorted((one, other) => inOrder(other, one))
  const merged: Segment[] = []
  for (let next = due.pop(); next !== undefined; next = due.pop()) {
    const last = merged.at(-1)
    if (last === undefined || next.from > last.to) {
      merged.push({ ...next })
    } else if (isSameSituation(last.is, next.is)) {
      last.to = Math.max(last.to, next.to)
    } else {
      const rest = { ...last, from: next.to + SECOND }
      if (rest.from <= rest.to) due.splice(due.findLastIndex((each) => inOrder(each, rest) > 0) + 1, 0, rest)
      if (last.from < next.from) last.to = next.from - SECOND
      else merged.pop()
      merged.push({ ...next })
    }
  }
  return merged
}

/** Of two that begin together, the order doesn't depend on which history is merged into which. */
function inOrder(a: Segment, b: Segment): number {
  return a.from - b.from || a.to - b.to || (textOf(a.is) < textOf(b.is) ? -1 : 1)
}

const textOf = ({ state, head, group, account }: Situation) => [state, head, group, account].join()

/** What both histories show, as one history. */
export function mergeHistories(a: History, b: History): History {
  if (a.machines.size === 0) return b
  if (b.machines.size === 0) return a
  const groups = new Map(a.groups)
  for (const [place, watched] of b.groups) groups.set(place, unite(groups.get(place) ?? [], watched))
  const machines = new Map<number, MachineHistory>()
  for (const id of new Set([...a.machines.keys(), ...b.machines.keys()])) {
    const own = unite(a.machines.get(id)?.own ?? [], b.machines.get(id)?.own ?? [])
    const joined = withoutChange(a, b, id)
    machines.set(id, {
      own,
      runs: joined ?? runsOf(mergeSegments(segmentsOf(a, id), segmentsOf(b, id)), groups, own),
    })
  }
  return { groups, machines }
}

/**
 * The run of a machine that both saw in one and the same situation; null for any other machine. Nearly all of ten thousand machines are
 * such, and their segments would take too long.
 */
function withoutChange(a: History, b: History, id: number): Run[] | null {
  const [one, other] = [a.machines.get(id), b.machines.get(id)]
  if (one?.runs.length !== 1 || other?.runs.length !== 1) return null
  const [[first], [second]] = [one.runs, other.runs]
  if (first === undefined || second === undefined || !isSameSituation(first.is, second.is)) return null
  const whole = { ...first, from: Math.min(first.from, second.from), to: Math.max(first.to, second.to) }
  const place = placeOf(first.is)
  const watchedBeside = ({ groups }: History, { own }: MachineHistory, run: Run) =>
    [groups.get(place) ?? [], own].some((watched) => isBeside(watched, whole, run))
  return watchedBeside(a, one, first) || watchedBeside(b, other, second) ? null : [whole]
}

/** True if some of the time within the whole is watched, but isn't in the run. */
function isBeside(watched: Intervals, whole: Run, run: Run): boolean {
  return hasBetween(watched, whole.from - 1, run.from) || hasBetween(watched, run.to, whole.to + 1)
}

/** Runs from which the same segments follow. Segments join if the machine's group wasn't watched in between. */
function runsOf(segments: readonly Segment[], groups: History['groups'], own: Intervals): Run[] {
  const runs: Run[] = []
  for (const segment of segments) {
    const last = runs.at(-1)
    const joins =
      last !== undefined &&
      isSameSituation(last.is, segment.is) &&
      !hasBetween(groups.get(placeOf(last.is)) ?? [], last.to, segment.from) &&
      !hasBetween(own, last.to, segment.from)
    if (joins) last.to = segment.to
    else runs.push({ ...segment })
  }
  return runs
}

/** What was seen since a time. */
export function since(history: History, from: number): History {
  const groups = new Map(
    [...history.groups].flatMap(([place, watched]) => {
      const rest = clip(watched, from, Infinity)
      return rest.length === 0 ? [] : [[place, rest] as const]
    }),
  )
  const machines = new Map(
    [...history.machines].flatMap(([id, { runs, own }]) => {
      const rest = runs.filter(({ to }) => to >= from)
      return rest.length === 0
        ? []
        : [
            [
              id,
              {
                runs: rest.map(({ from: begin, to, is }) => ({ from: Math.max(begin, from), to, is })),
                own: clip(own, from, Infinity),
              },
            ] as const,
          ]
    }),
  )
  return machines.size === 0 ? EMPTY : { groups, machines }
}
