import { isId } from '../../lib/names.ts'
import {
  actionEntries,
  PALETTE_ACTIONS,
  type PaletteAction,
  type Entry,
  type MachineEntry,
} from './entries.ts'

const MAX_ENTRIES = 40
/** For a query such as "stop web", the number of machines to offer the action for. */
const MACHINES_PER_ACTION = 5
const RECENT_SHOWN = 6
/** Added to the score of a recently visited page, so that the page outranks a slightly better match. */
const RECENT_BONUS = 150

export interface PaletteEntries {
  /** The actions on the machine whose page is open. */
  here: readonly Entry[]
  pages: readonly Entry[]
  machines: readonly MachineEntry[]
  /** Paths, most recently visited first. */
  recent: readonly string[]
  /** True for the machines that the search of the list would find by this text. */
  matching: (query: string) => (machine: MachineEntry) => boolean
}

export interface Found {
  entries: readonly Entry[]
  /** The number of matches, including those beyond the limit. */
  count: number
}

/** The matching entries, best first. Without a query: see `withoutQuery`. */
export function findEntries(typed: string, all: PaletteEntries): Found {
  const query = typed.trim().toLowerCase()
  if (query === '') return withoutQuery(all)
  const recent = new Map(all.recent.map((path, index) => [path, RECENT_BONUS - index]))
  const found = [
    ...scored(query, [...all.here, ...all.pages], recent),
    ...scored(query, all.machines.filter(all.matching(query)), recent, ELSEWHERE),
  ]
  const numbered = machinesOf(query, all.machines)
  const actionMatches = actionsOn(query, all, recent)
  const known = new Set([...numbered, ...actionMatches].map(({ key }) => key))
  const others = best(found).filter(({ key }) => !known.has(key))
  return {
    entries: [...numbered, ...actionMatches, ...others].slice(0, MAX_ENTRIES),
    count: found.length + actionMatches.length,
  }
}

/** Recent machines and groups, the open machine's actions, the other groups, pages and machines, in this order. */
function withoutQuery({ here, pages, machines, recent }: PaletteEntries): Found {
  const byPath = new Map<string, Entry>()
  const wanted = new Set(recent)
  for (const entry of [...pages, ...machines]) {
    if (entry.kind !== 'action' && wanted.has(entry.to)) byPath.set(entry.to, entry)
  }
  const visited = byKind(recent.flatMap((path) => byPath.get(path) ?? []).slice(0, RECENT_SHOWN), 'machine')
  const known = new Set(visited.map(({ key }) => key))
  const rest = [...here, ...byKind(pages, 'group'), ...machines.slice(0, MAX_ENTRIES)].filter(
    ({ key }) => !known.has(key),
  )
  return {
    entries: [...visited, ...rest].slice(0, MAX_ENTRIES),
    count: here.length + pages.length + machines.length,
  }
}

/** The entries of one kind, then the others. */
function byKind(entries: readonly Entry[], first: Entry['kind']): Entry[] {
  return [...entries.filter(({ kind }) => kind === first), ...entries.filter(({ kind }) => kind !== first)]
}

interface Scored<E extends Entry> {
  entry: E
  score: number
}

/** The entries whose text matches each word of the query, with their scores. With `otherwise`, the others get this score. */
function scored<E extends Entry>(
  query: string,
  entries: readonly E[],
  recent: ReadonlyMap<string, number>,
  otherwise: number | null = null,
): Scored<E>[] {
  const words = query.split(/\s+/)
  return entries.flatMap((entry) => {
    const score = fuzzyScore(words, entry.text) ?? otherwise
    if (score === null) return []
    return { entry, score: score + (entry.kind === 'action' ? 0 : (recent.get(entry.to) ?? 0)) }
  })
}

function best<E extends Entry>(found: readonly Scored<E>[]): E[] {
  return found
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MAX_ENTRIES)
    .map(({ entry }) => entry)
}

/** The names by which a query finds an action: its label and its name in the code, such as "force stop" and "stop". */
function verbsOf({ verb, action }: PaletteAction): string[] {
  return [verb.toLowerCase().replace(':', ''), action.name.replaceAll('_', ' ')]
}

/** For a query such as "stop web" or "stop head:head1", the action on each of the machines that best match the rest. */
function actionsOn(query: string, all: PaletteEntries, recent: ReadonlyMap<string, number>): Entry[] {
  return PALETTE_ACTIONS.flatMap((action) => {
    const verb = verbsOf(action).find((each) => query.startsWith(`${each} `))
    const rest = verb === undefined ? '' : query.slice(verb.length).trim()
    if (rest === '') return []
    const numbered = machinesOf(rest, all.machines)
    const known = new Set(numbered.map(({ key }) => key))
    const found = best(scored(rest, all.machines.filter(all.matching(rest)), recent, ELSEWHERE))
    const machines = [...numbered, ...found.filter(({ key }) => !known.has(key))]
    return machines.slice(0, MACHINES_PER_ACTION).flatMap((entry) => {
      const actions = actionEntries(action, entry.ref, entry.vm)
      return known.has(entry.key) ? actions.map((each) => withId(each, entry.vm.id)) : actions
    })
  })
}

/** For a number, the machines with this id or name. Both come first, with their ids, because the user may mean either. */
function machinesOf(query: string, machines: readonly MachineEntry[]): MachineEntry[] {
  if (!isId(query)) return []
  return machines
    .filter(({ vm }) => String(vm.id) === query || vm.name === query)
    .map((entry) => withId(entry, entry.vm.id))
}

function withId<E extends Entry>(entry: E, id: number): E {
  return { ...entry, hint: `${entry.hint} · ID ${id}` }
}

// Scores, best match first: the whole text, its beginning, the beginning of a word, part of a word, scattered letters.
const WHOLE_TEXT = 1_000
const BEGINNING = 800
const WORD = 600
const WITHIN = 400
const SCATTERED = 100
/** The score of a machine that was found by another text than its entry's, such as its address. */
const ELSEWHERE = 50

/**
 * Scores a text against the query's words, all in lower case; higher is better. "ws3" matches "web-server-3". Null if letters are missing.
 */
export function fuzzyScore(words: readonly string[], text: string): number | null {
  let sum = 0
  for (const word of words) {
    const score = wordScore(word, text)
    if (score === null) return null
    sum += score
  }
  // Of two equally good matches, the user more likely means the shorter one.
  return sum - Math.min(text.length, 99) / 100
}

function wordScore(word: string, text: string): number | null {
  const at = text.indexOf(word)
  if (at === 0) return text.length === word.length ? WHOLE_TEXT : BEGINNING
  if (at > 0) return beginsAt(text, at) || beginsAt(text, text.indexOf(word, at + 1)) ? WORD : WITHIN
  return scattered(word, text)
}

function beginsAt(text: string, at: number): boolean {
  return at > 0 && !isLetter(text.charCodeAt(at - 1))
}

/**
 * Scores letters that appear in order, with others between them. The score rises if the letters are closer together or if more letters
 * begin a word.
 */
function scattered(word: string, text: string): number | null {
  let from = 0
  let first = -1
  let beginnings = 0
  for (const letter of word) {
    const at = text.indexOf(letter, from)
    if (at === -1) return null
    if (first === -1) first = at
    if (at === 0 || beginsAt(text, at)) beginnings += 1
    from = at + letter.length
  }
  return SCATTERED + Math.min(beginnings, 10) * 10 - Math.min(from - first - word.length, 99)
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || code > 127
}
