import { Bookmark, CircleHelp } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuGroup, MenuItem } from '../../ui/menu.tsx'
import { useSavedSearches } from './saved-searches.ts'
import type { Search } from './use-search.ts'

const SavedDialog = lazy(async () => ({ default: (await import('./saved-dialog.tsx')).SavedDialog }))
const SearchHelp = lazy(async () => ({ default: (await import('./search-help.tsx')).SearchHelp }))

/** The saved searches and the help, at the end of the box; the dialogs are loaded when one asks for them. */
export function SearchTools({ search }: { search: Search }) {
  const [open, setOpen] = useState<'saved' | 'help' | null>(null)
  const close = () => setOpen(null)
  return (
    <span className="absolute top-1/2 right-1 flex -translate-y-1/2">
      <Menu
        label="Saved searches"
        align="end"
        trigger={
          <IconButton label="Saved searches" size="small">
            <Bookmark size={15} aria-hidden />
          </IconButton>
        }
      >
        {() => <SavedItems search={search} onEdit={() => setOpen('saved')} />}
      </Menu>
      <IconButton label="How to search" size="small" onClick={() => setOpen('help')}>
        <CircleHelp size={15} aria-hidden />
      </IconButton>
      <Suspense>
        {open === 'saved' && <SavedDialog query={search.query.trim()} onClose={close} />}
        {open === 'help' && <SearchHelp onClose={close} />}
      </Suspense>
    </span>
  )
}

function SavedItems({ search, onEdit }: { search: Search; onEdit: () => void }) {
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
        <MenuItem refusal={nothing ? 'Nothing is searched for.' : null} onSelect={onEdit}>
          Save it under a name…
        </MenuItem>
        {saved.length > 0 && <MenuItem onSelect={onEdit}>Change what is saved…</MenuItem>}
      </MenuGroup>
    </>
  )
}
