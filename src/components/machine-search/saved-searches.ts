import { useSyncExternalStore } from 'react'
import { externalStore } from '../../lib/external-store.ts'
import { compareNatural } from '../../lib/natural-order.ts'
import { browserStorage } from '../../lib/storage.ts'

/** A search that this browser remembers under a name. */
export interface SavedSearch {
  name: string
  query: string
}

const KEY = 'bigv.searches'
export const LONGEST_NAME = 60
const LONGEST_QUERY = 2_000
const MOST = 100

const store = externalStore<readonly SavedSearch[]>(readSaved(browserStorage.read(KEY)))
globalThis.addEventListener?.('storage', ({ key }) => {
  if (key === KEY) store.set(readSaved(browserStorage.read(KEY)))
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

/** The searches that this browser remembers. */
export function useSavedSearches(): readonly SavedSearch[] {
  return useSyncExternalStore(store.subscribe, store.get)
}

/** Remembers a search under a name; one of that name before is replaced. */
export function saveSearch(saved: SavedSearch): void {
  keep([...store.get(), saved])
}

/** Forgets the search of that name. */
export function forgetSearch(name: string): void {
  keep(store.get().filter((saved) => saved.name !== name))
}

function keep(searches: readonly SavedSearch[]): void {
  store.set(readSaved(searches))
  browserStorage.write(KEY, store.get())
}

function isSaved(value: unknown): value is SavedSearch {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('query' in value)) return false
  const { name, query } = value
  return fits(name, LONGEST_NAME) && fits(query, LONGEST_QUERY)
}

function fits(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longest
}
