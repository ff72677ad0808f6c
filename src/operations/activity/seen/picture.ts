import type { SeenState, Segment } from './history.ts'

/** What can be said about a part of a timeline; times in ms. */
export interface Facts {
  watched: number
  /** The part's length. */
  total: number
  /** How often the machine was seen off; on in between. */
  timesOff: number
  /** How long it was seen off. It may have been off for longer. */
  off: number
  /** True if it was seen in no other state. */
  only: SeenState | null
}

export function factsOf(segments: readonly Segment[], from: number, to: number): Facts {
  const facts: Facts = { watched: 0, total: to - from, timesOff: 0, off: 0, only: null }
  let before: SeenState | null = null
  let changed = false
  for (const { from: begin, to: end, is } of segmentsIn(segments, from, to)) {
    facts.watched += end - begin
    if (is.state === 'off') facts.off += end - begin
    if (is.state === 'off' && before !== 'off') facts.timesOff += 1
    changed ||= before !== null && before !== is.state
    before = is.state
  }
  facts.only = changed ? null : before
  return facts
}

/** The segments in a part of a timeline, cut at its ends. */
function segmentsIn(segments: readonly Segment[], from: number, to: number): Segment[] {
  return segments
    .filter((each) => each.to >= from && each.from <= to)
    .map(({ from: begin, to: end, is }) => ({ from: Math.max(begin, from), to: Math.min(end, to), is }))
}

/** "Seen off 3 times, at least 14 min. Watched 9 of 72 h." */
export function factsInWords(facts: Facts): string {
  const watched = watchedInWords(facts)
  return watched === '' ? `${stateInWords(facts)}.` : `${stateInWords(facts)}. Watched ${watched}.`
}

/** "Seen off 3 times, at least 14 min". */
export function stateInWords({ watched, timesOff, off, only }: Facts): string {
  if (only === null && timesOff === 0 && watched === 0) return 'Not watched'
  if (only !== null) return { on: 'Always seen on', off: 'Always seen off', deleted: 'Seen as deleted' }[only]
  if (timesOff === 0) return 'Never seen off'
  const times = timesOff === 1 ? 'once' : timesOff === 2 ? 'twice' : `${timesOff} times`
  return `Seen off ${times}${off < 1000 ? '' : `, at least ${lengthInWords(off)}`}`
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A length, rounded down: "45 s", "14 min", "3 h 5 min", "2 d 3 h". */
export function lengthInWords(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  const [unit, small, names] = ms < 24 * HOUR ? [HOUR, MINUTE, ['h', 'min']] : [24 * HOUR, HOUR, ['d', 'h']]
  const rest = Math.floor((ms % unit) / small)
  return `${Math.floor(ms / unit)} ${names[0]}${rest === 0 ? '' : ` ${rest} ${names[1]}`}`
}

/** How much was watched: "9 of 72 h", "0.4 of 6 h", rounded down; empty if nothing was seen. */
export function watchedInWords({ watched: part, total: whole, only, timesOff }: Facts): string {
  if (only === null && timesOff === 0 && part === 0) return ''
  const [unit, name] = whole < 2 * MINUTE ? [1000, 's'] : whole < 2 * HOUR ? [MINUTE, 'min'] : [HOUR, 'h']
  const amount = part / unit
  const rounded = amount < 10 && unit > 1000 ? Math.floor(amount * 10) / 10 : Math.floor(amount)
  const of = Math.max(1, Math.round(whole / unit))
  return `${Math.min(rounded, of)} of ${of} ${name}`
}

/** A change between two fetches. */
export interface SeenChange {
  after: number
  at: number
  text: string
}

/** The changes between segments, oldest first. */
export function changesIn(segments: readonly Segment[]): SeenChange[] {
  return segments.flatMap((now, i) => {
    const before = segments[i - 1]
    const text = before && changeInWords(before, now)
    return before && text ? [{ after: before.to, at: now.from, text }] : []
  })
}

function changeInWords({ is: before }: Segment, { is: now }: Segment): string | null {
  if (before.state !== now.state) {
    if (now.state === 'deleted') return 'Seen as deleted'
    return before.state === 'deleted' ? `Undeleted, seen ${now.state}` : `Seen ${now.state}`
  }
  if (before.head === now.head || before.head === null || now.head === null) return null
  return `Moved from ${before.head} to ${now.head}`
}
