import {
  actionEntries,
  PALETTE_ACTIONS,
  type PaletteAction,
  type Entry,
  type MachineEntry,
} from './entries.ts'

const MOST = 40
/** For so many machines an action is offered when it is typed before a name: "stop web". */
const ACTED_ON = 5
const RECENT_SHOWN = 6
/** A recently visited page outranks one that matches a little better. */
const RECENT_BONUS = 150

export interface PaletteEntries {
  /** The actions on the machine whose page is open. */
  here: readonly Entry[]
  pages: readonly Entry[]
  machines: readonly MachineEntry[]
  /** Addresses, the last one visited first. */
  recent: readonly string[]
}

export interface Found {
  entries: readonly Entry[]
  /** How many there are, shown or not. */
  count: number
}

/** The entries that match, the best first; without a query, recent visits, then what is here. */
export function findEntries(typed: string, all: PaletteEntries): Found {
  const query = typed.trim().toLowerCase()
  if (query === '') return withoutQuery(all)
  const terms = query.split(/\s+/)
  const recent = new Map(all.recent.map((path, index) => [path, RECENT_BONUS - index]))
  const ranked = rank(terms, [all.here, all.pages, all.machines], recent)
  const acted = actionsOn(query, all, recent)
  const known = new Set(acted.map(({ key }) => key))
  return {
    entries: [...acted, ...ranked.entries.filter(({ key }) => !known.has(key))].slice(0, MOST),
    count: ranked.count + acted.length,
  }
}

function withoutQuery({ here, pages, machines, recent }: PaletteEntries): Found {
  const byPath = new Map<string, Entry>()
  const wanted = new Set(recent)
  for (const entry of [...pages, ...machines]) {
    if (entry.kind !== 'action' && wanted.has(entry.to)) byPath.set(entry.to, entry)
  }
  const visited = recent.flatMap((path) => byPath.get(path) ?? []).slice(0, RECENT_SHOWN)
  const known = new Set(visited.map(({ key }) => key))
  const rest = [...here, ...pages, ...machines.slice(0, MOST)].filter(({ key }) => !known.has(key))
  return {
    entries: [...visited, ...rest].slice(0, MOST),
    count: here.length + pages.length + machines.length,
  }
}

function rank(
  terms: readonly string[],
  lists: readonly (readonly Entry[])[],
  recent: ReadonlyMap<string, number>,
): Found {
  const scored: { entry: Entry; score: number }[] = []
  for (const list of lists) {
    for (const entry of list) {
      const score = fuzzyScore(terms, entry.text)
      if (score === null) continue
      const bonus = entry.kind === 'action' ? 0 : (recent.get(entry.to) ?? 0)
      scored.push({ entry, score: score + bonus })
    }
  }
  scored.sort((a, b) => b.score - a.score)
  return { entries: scored.slice(0, MOST).map(({ entry }) => entry), count: scored.length }
}

/** An action is found by its label, and by its name in BigV's API: "force stop", "stop". */
function verbsOf({ verb, action }: PaletteAction): string[] {
  return [verb.toLowerCase().replace(':', ''), action.name.replaceAll('_', ' ')]
}

/** For "stop web" or "shut down web": the action, on the machines that match the rest best. */
function actionsOn(query: string, all: PaletteEntries, recent: ReadonlyMap<string, number>): Entry[] {
  return PALETTE_ACTIONS.flatMap((action) => {
    const verb = verbsOf(action).find((each) => query.startsWith(`${each} `))
    const rest = verb === undefined ? '' : query.slice(verb.length).trim()
    if (rest === '') return []
    const { entries } = rank(rest.split(/\s+/), [all.machines], recent)
    return entries
      .slice(0, ACTED_ON)
      .flatMap((entry) => (entry.kind === 'machine' ? actionEntries(action, entry.ref, entry.vm) : []))
  })
}

// What counts how much: a whole name before its beginning, that before the beginning of one of its words, and so on.
const WHOLE = 1_000
const BEGINNING = 800
const WORD = 600
const WITHIN = 400
const SCATTERED = 100

/** How well a text fits the words, both in lower case: higher is better. Null where letters are missing ("ws3" fits "web-server-3"). */
export function fuzzyScore(words: readonly string[], text: string): number | null {
  let sum = 0
  for (const word of words) {
    const score = wordScore(word, text)
    if (score === null) return null
    sum += score
  }
  // Of two that fit as well the shorter one is meant sooner.
  return sum - Math.min(text.length, 99) / 100
}

function wordScore(word: string, text: string): number | null {
  const at = text.indexOf(word)
  if (at === 0) return text.length === word.length ? WHOLE : BEGINNING
  if (at > 0) return beginsAt(text, at) || beginsAt(text, text.indexOf(word, at + 1)) ? WORD : WITHIN
  return scattered(word, text)
}

function beginsAt(text: string, at: number): boolean {
  return at > 0 && !isLetter(text.charCodeAt(at - 1))
}

/** The letters in order, with others between; the closer together, and the more of them at beginnings, the better. */
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
