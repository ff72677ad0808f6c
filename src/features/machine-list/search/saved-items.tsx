import { MenuGroup, MenuItem } from '../../../ui/menu/menu-items.tsx'
import { useSavedSearches } from './saved-searches.ts'
import type { Search } from './use-search.ts'

/** The searches that were saved, to be searched for again, and the ways to change that. */
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
        <MenuItem disabledReason={nothing ? 'Nothing is searched for.' : null} onSelect={onEdit}>
          Save it under a name…
        </MenuItem>
        {saved.length > 0 && <MenuItem onSelect={onEdit}>Change what is saved…</MenuItem>}
      </MenuGroup>
    </>
  )
}
