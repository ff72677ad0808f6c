import { compareNatural } from '../../../lib/names.ts'
import { persisted } from '../../../lib/persisted.ts'
import { z } from '../../../lib/schema.ts'
import { createStore } from '../../../lib/store.ts'
import { MenuGroup, MenuItem } from '../../../ui/menu/menu-items.tsx'
import type { Search } from '../../../components/page/use-search.ts'

export interface SavedSearch {
  name: string
  query: string
}

export const MAX_NAME_LENGTH = 60
const MAX_QUERY_LENGTH = 2_000
const MAX_SEARCHES = 100

const store = persisted(createStore<readonly SavedSearch[]>([]), {
  key: 'bigv.searches',
  where: 'browser',
  perUser: true,
  schema: z.transform(parseSearches),
})

/**
 * Parses the stored searches, which may be anything. If a name occurs twice, the later search counts. The result is in natural order of the
 * names.
 */
export function parseSearches(stored: unknown): SavedSearch[] {
  const byName = new Map<string, SavedSearch>()
  for (const each of Array.isArray(stored) ? (stored as unknown[]) : []) {
    if (!isSaved(each)) continue
    byName.set(each.name, { name: each.name, query: each.query })
  }
  return [...byName.values()].toSorted((a, b) => compareNatural(a.name, b.name)).slice(0, MAX_SEARCHES)
}

export const useSavedSearches = store.use

/** Saves a search. A saved search of the same name is replaced. */
export function saveSearch(saved: SavedSearch): void {
  store.set(parseSearches([...store.get(), saved]))
}

export function removeSearch(name: string): void {
  store.set(store.get().filter((saved) => saved.name !== name))
}

export function SavedItems({ search, onEdit }: { search: Search; onEdit: () => void }) {
  const saved = useSavedSearches()
  const nothing = search.query.trim() === ''
  return (
    <>
      {saved.length > 0 && (
        <MenuGroup label="Saved in this browser">
          {saved.map(({ name, query }) => (
            <MenuItem
              key={name}
              hint={<span className="font-mono">{query}</span>}
              onSelect={() => search.set(query)}
            >
              {name}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      <MenuGroup label="This search">
        <MenuItem disabledReason={nothing ? 'Enter a search first.' : null} onSelect={onEdit}>
          Save as…
        </MenuItem>
        {saved.length > 0 && <MenuItem onSelect={onEdit}>Manage saved searches…</MenuItem>}
      </MenuGroup>
    </>
  )
}

function isSaved(value: unknown): value is SavedSearch {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('query' in value)) return false
  const { name, query } = value
  return fits(name, MAX_NAME_LENGTH) && fits(query, MAX_QUERY_LENGTH)
}

function fits(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longest
}
