/** Spans of time as a flat list of beginnings and ends, in order: [from, to, from, to]. Both ends belong to a span. */
export type Intervals = readonly number[]

/** The end of the last span, or -Infinity if there is none. */
export const endOf = (intervals: Intervals): number => intervals.at(-1) ?? -Infinity

/** Every time that is in one of both. */
export function unite(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0) return b
  if (b.length === 0) return a
  const united: number[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const fromA = j >= b.length || (i < a.length && at(a, i) <= at(b, j))
    const [from, to] = fromA ? [at(a, i), at(a, i + 1)] : [at(b, j), at(b, j + 1)]
    if (fromA) i += 2
    else j += 2
    const last = united.length - 1
    if (last >= 0 && from <= at(united, last)) united[last] = Math.max(at(united, last), to)
    else united.push(from, to)
  }
  return united
}

/** The parts that lie from one time to another. */
export function clip(intervals: Intervals, from: number, to: number): number[] {
  const parts: number[] = []
  for (let i = firstEndingFrom(intervals, from); i < intervals.length && at(intervals, i) <= to; i += 2) {
    parts.push(Math.max(at(intervals, i), from), Math.min(at(intervals, i + 1), to))
  }
  return parts
}

/** True if some of the time between these two, without them, is in a span. */
export function hasBetween(intervals: Intervals, after: number, before: number): boolean {
  if (after >= before) return false
  const i = firstEndingFrom(intervals, after)
  // A span that ends exactly at `after` has nothing in between.
  const next = i < intervals.length && at(intervals, i + 1) === after ? i + 2 : i
  return next < intervals.length && at(intervals, next) < before
}

export function lengthOf(intervals: Intervals): number {
  let sum = 0
  for (let i = 0; i < intervals.length; i += 2) sum += at(intervals, i + 1) - at(intervals, i)
  return sum
}

/** Adds a moment: as the end of the last span if that is at most `limit` earlier, otherwise as a span of its own. */
export function extend(intervals: number[], moment: number, limit: number): void {
  const last = intervals.length - 1
  if (last >= 0 && moment - at(intervals, last) <= limit)
    intervals[last] = Math.max(at(intervals, last), moment)
  else intervals.push(moment, moment)
}

/** The index of the first span that ends at this time or later. */
function firstEndingFrom(intervals: Intervals, time: number): number {
  let [low, high] = [0, intervals.length / 2]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(intervals, 2 * middle + 1) < time) low = middle + 1
    else high = middle
  }
  return 2 * low
}

const at = (intervals: Intervals, index: number): number => intervals[index] ?? NaN
