import { compareNatural } from '../../../lib/names.ts'
import { persisted } from '../../../lib/persisted.ts'
import { z } from '../../../lib/schema.ts'
import { createStore } from '../../../lib/store.ts'

/** A search that this browser remembers under a name, for the user who saved it. */
export interface SavedSearch {
  name: string
  query: string
}

export const LONGEST_NAME = 60
const LONGEST_QUERY = 2_000
const MOST = 100

const store = persisted(createStore<readonly SavedSearch[]>([]), {
  key: 'bigv.searches',
  where: 'browser',
  perUser: true,
  schema: z.transform(readSaved),
})

/** Takes what this browser remembers, which may be anything, and returns the searches in it, each name once, in natural order. */
export function readSaved(kept: unknown): SavedSearch[] {
  const byName = new Map<string, SavedSearch>()
  for (const each of Array.isArray(kept) ? (kept as unknown[]) : []) {
    if (!isSaved(each)) continue
    byName.set(each.name, { name: each.name, query: each.query })
  }
  return [...byName.values()].toSorted((a, b) => compareNatural(a.name, b.name)).slice(0, MOST)
}

/** The searches that the user who is signed in has saved in this browser. */
export const useSavedSearches = store.use

/** Remembers a search under a name; one of that name before is replaced. */
export function saveSearch(saved: SavedSearch): void {
  store.set(readSaved([...store.get(), saved]))
}

/** Forgets the search of that name. */
export function forgetSearch(name: string): void {
  store.set(store.get().filter((saved) => saved.name !== name))
}

function isSaved(value: unknown): value is SavedSearch {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('query' in value)) return false
  const { name, query } = value
  return fits(name, LONGEST_NAME) && fits(query, LONGEST_QUERY)
}

function fits(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longest
}
