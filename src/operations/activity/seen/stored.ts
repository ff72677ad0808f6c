import { newRecordKey } from '../../../lib/record-key.ts'
import { z, type Schema } from '../../../lib/schema.ts'
import { EMPTY, placeOf, type History, type MachineHistory, type Run, type SeenState } from './history.ts'
import type { Intervals } from './intervals.ts'
import { since } from './merge.ts'

/** How long a history is kept on this computer. */
export const KEPT_DAYS = 30
const KEPT_MS = KEPT_DAYS * 24 * 60 * 60_000
/** 1 MB: browsers store texts as UTF-16, with two bytes for each character. */
const MOST_CHARACTERS = 500_000

const STATES: readonly SeenState[] = ['on', 'off', 'deleted']

const numbers = z.array(z.number())

/** A history in few characters: times are seconds since the time before, and texts are named by their place in a list. */
export const storedSeenSchema = z.lazy(() =>
  z.object({
    v: z.literal(1),
    /** The write, so that a tab notices another tab's. */
    w: z.string(),
    /** The time from which all others count, in seconds since 1970. */
    t: z.number(),
    /** Groups: account, group, when watched. */
    g: z.array(z.tuple([z.string(), z.string(), numbers])),
    h: z.array(z.string()),
    /** Situations: group, state, head or -1. */
    s: z.array(z.tuple([z.number(), z.number(), z.number()])),
    /** Machines: id since the last one's, when watched alone, and runs (situation, from, to). */
    m: z.array(z.tuple([z.number(), numbers, numbers])),
  }),
)

export type StoredSeen = typeof storedSeenSchema extends Schema<infer T> ? T : never

/** The last 30 days of a history, for storage. If they take too many characters, the oldest part goes and becomes a gap. */
export function stored(history: History, now: number, most = MOST_CHARACTERS): StoredSeen {
  let from = now - KEPT_MS
  let kept = since(history, from)
  let found = encode(kept)
  for (let length = lengthOf(found); length > most; length = lengthOf(found)) {
    const span = (now - oldestIn(kept, from)) * Math.min(0.7, (0.9 * most) / length)
    if (span > LEAST_MS) {
      from = Math.floor((now - span) / 1000) * 1000
      kept = since(kept, from)
    } else {
      // Hardly more than one run of each machine is left, so machines go.
      kept = { ...kept, machines: new Map([...kept.machines].slice(Math.ceil(kept.machines.size / 2))) }
      if (kept.machines.size === 0) return encode(EMPTY)
    }
    found = encode(kept)
  }
  return found
}

const LEAST_MS = 10 * 60_000

const lengthOf = (form: StoredSeen): number => JSON.stringify(form).length

function oldestIn({ groups, machines }: History, from: number): number {
  const begins = [
    ...[...groups.values()].map(([first]) => first ?? Infinity),
    ...[...machines.values()].map(({ own: [first] }) => first ?? Infinity),
  ]
  const oldest = begins.reduce((least, each) => Math.min(least, each), Infinity)
  return Math.max(from, Number.isFinite(oldest) ? oldest : from)
}

export function encode({ groups, machines }: History): StoredSeen {
  const places = new Numbered()
  const heads = new Numbered()
  const situations = new Numbered()
  for (const place of groups.keys()) places.of(place)
  const base = baseOf({ groups, machines })
  let lastId = 0
  const m = [...machines]
    .toSorted(([a], [b]) => a - b)
    .map(([id, { runs, own }]): StoredSeen['m'][number] => {
      let before = base
      const since = (ms: number) => {
        const seconds = ms / 1000
        const passed = seconds - before
        before = seconds
        return passed
      }
      const flat = runs.flatMap(({ from, to, is }) => {
        const place = places.of(placeOf(is))
        const head = is.head === null ? -1 : heads.of(is.head)
        return [situations.of(`${place} ${STATES.indexOf(is.state)} ${head}`), since(from), since(to)]
      })
      const passedId = id - lastId
      lastId = id
      return [passedId, deltas(own, base), flat]
    })
  return {
    v: 1,
    w: newRecordKey(),
    t: base,
    g: places.names.map((place) => {
      const [account, group] = JSON.parse(place) as [string, string]
      return [account, group, deltas(groups.get(place) ?? [], base)]
    }),
    h: heads.names,
    s: situations.names.map((name) => name.split(' ').map(Number) as [number, number, number]),
    m,
  }
}

/** The history that was stored; null if it makes no sense. */
export function decode({ t, g, h, s, m }: StoredSeen): History | null {
  const groups = new Map(
    g.map(([account, group, watched]) => [placeOf({ account, group }), times(watched, t)]),
  )
  const situations = s.map(([place, state, head]) => {
    const [account, group] = g[place] ?? []
    const named = STATES[state]
    if (account === undefined || group === undefined || named === undefined) return null
    return { account, group, state: named, head: h[head] ?? null }
  })
  const machines = new Map<number, MachineHistory>()
  let id = 0
  for (const [passedId, own, flat] of m) {
    id += passedId
    let at = t
    const runs: Run[] = []
    for (let i = 0; i + 2 < flat.length; i += 3) {
      const [place = -1, before = NaN, length = NaN] = flat.slice(i, i + 3)
      const is = situations[place]
      if (is == null || !(before >= 0) || !(length >= 0)) return null
      const from = at + before
      at = from + length
      runs.push({ from: from * 1000, to: at * 1000, is })
    }
    machines.set(id, { runs, own: times(own, t) })
  }
  const isWhole = [...groups.values(), ...[...machines.values()].map(({ own }) => own)].every(isInOrder)
  return isWhole ? { groups, machines } : null
}

function baseOf({ groups, machines }: History): number {
  let least = Infinity
  for (const [first = Infinity] of groups.values()) least = Math.min(least, first)
  for (const { runs, own } of machines.values())
    least = Math.min(least, runs[0]?.from ?? Infinity, own[0] ?? Infinity)
  return Number.isFinite(least) ? least / 1000 : 0
}

function deltas(intervals: Intervals, base: number): number[] {
  return intervals.map((ms, i) => (ms - (intervals[i - 1] ?? base * 1000)) / 1000)
}

function times(deltas: readonly number[], base: number): number[] {
  let at = base
  return deltas.map((delta) => (at += delta) * 1000)
}

const isInOrder = (intervals: Intervals): boolean =>
  intervals.length % 2 === 0 && intervals.every((ms, i) => ms >= (intervals[i - 1] ?? 0))

/** Numbers texts in the order in which they come. */
class Numbered {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()

  of(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.names.length)
    return this.names.push(name) - 1
  }
}
