import { fuzzyScore } from '../../lib/fuzzy.ts'
import { DEEDS, type Deed } from './deeds.ts'
import { deedEntries, type Entry, type MachineEntry } from './entries.ts'

const MOST = 40
/** Of how many machines an action is offered when one writes it before their name: "stop web". */
const ACTED_ON = 5
const RECENT_SHOWN = 6
/** What was looked at lately is meant rather than what fits a little better. */
const RECENT_BONUS = 150

/** What there is to choose from. */
export interface Everything {
  /** What belongs to the page that is open: the actions of its machine. */
  here: readonly Entry[]
  pages: readonly Entry[]
  machines: readonly MachineEntry[]
  /** Addresses, the last one looked at first. */
  recent: readonly string[]
}

export interface Found {
  entries: readonly Entry[]
  /** How many there are, shown or not. */
  count: number
}

/** Takes what was typed and returns what fits it, the best first; without a word what was looked at lately, then what is here. */
export function findEntries(typed: string, all: Everything): Found {
  const query = typed.trim().toLowerCase()
  if (query === '') return atFirst(all)
  const terms = query.split(/\s+/)
  const recent = new Map(all.recent.map((path, index) => [path, RECENT_BONUS - index]))
  const ranked = best(terms, [all.here, all.pages, all.machines], recent)
  const acted = actionsOn(query, all, recent)
  const known = new Set(acted.map(({ key }) => key))
  return {
    entries: [...acted, ...ranked.entries.filter(({ key }) => !known.has(key))].slice(0, MOST),
    count: ranked.count + acted.length,
  }
}

function atFirst({ here, pages, machines, recent }: Everything): Found {
  const byPath = new Map<string, Entry>()
  const wanted = new Set(recent)
  for (const entry of [...pages, ...machines]) {
    if (entry.kind !== 'action' && wanted.has(entry.to)) byPath.set(entry.to, entry)
  }
  const lately = recent.flatMap((path) => byPath.get(path) ?? []).slice(0, RECENT_SHOWN)
  const known = new Set(lately.map(({ key }) => key))
  const rest = [...here, ...pages, ...machines.slice(0, MOST)].filter(({ key }) => !known.has(key))
  return {
    entries: [...lately, ...rest].slice(0, MOST),
    count: here.length + pages.length + machines.length,
  }
}

function best(
  terms: readonly string[],
  lists: readonly (readonly Entry[])[],
  recent: ReadonlyMap<string, number>,
): Found {
  const scored: { entry: Entry; score: number }[] = []
  for (const list of lists) {
    for (const entry of list) {
      const score = fuzzyScore(terms, entry.text)
      if (score === null) continue
      const lately = entry.kind === 'action' ? 0 : (recent.get(entry.to) ?? 0)
      scored.push({ entry, score: score + lately })
    }
  }
  scored.sort((a, b) => b.score - a.score)
  return { entries: scored.slice(0, MOST).map(({ entry }) => entry), count: scored.length }
}

/** An action is found by its label, and by its name in BigV's API: "force stop", "stop". */
function verbsOf({ verb, action }: Deed): string[] {
  return [verb.toLowerCase().replace(':', ''), action.name.replaceAll('_', ' ')]
}

/** "stop web", "shut down web": the action, of the machines that fit the rest best. */
function actionsOn(query: string, all: Everything, recent: ReadonlyMap<string, number>): Entry[] {
  return DEEDS.flatMap((deed) => {
    const verb = verbsOf(deed).find((each) => query.startsWith(`${each} `))
    const rest = verb === undefined ? '' : query.slice(verb.length).trim()
    if (rest === '') return []
    const { entries } = best(rest.split(/\s+/), [all.machines], recent)
    return entries
      .slice(0, ACTED_ON)
      .flatMap((entry) => (entry.kind === 'machine' ? deedEntries(deed, entry.ref, entry.vm) : []))
  })
}
