import { Bookmark, CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { Menu } from '../../../ui/menu/menu.tsx'
import { lazyComponent } from '../../../ui/lazy.tsx'
import type { Search } from './use-search.ts'

const SavedItems = lazyComponent(async () => (await import('./saved-items.tsx')).SavedItems)
const SavedDialog = lazyComponent(async () => (await import('./saved-dialog.tsx')).SavedDialog, {
  onDemand: true,
})
const SearchHelp = lazyComponent(async () => (await import('./search-help.tsx')).SearchHelp, {
  onDemand: true,
})

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
        <SavedItems search={search} onEdit={() => setOpen('saved')} />
      </Menu>
      <IconButton label="How to search" size="small" onClick={() => setOpen('help')}>
        <CircleHelp size={15} aria-hidden />
      </IconButton>
      {open === 'saved' && <SavedDialog query={search.query.trim()} onClose={close} />}
      {open === 'help' && <SearchHelp onClose={close} />}
    </span>
  )
}
