import Bookmark from 'lucide-react/icons/bookmark'
import CircleHelp from 'lucide-react/icons/circle-question-mark'
import SearchIcon from 'lucide-react/icons/search'
import { useId, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { IconButton } from '../../../ui/button.tsx'
import { lazyComponent } from '../../../ui/lazy.tsx'
import { Menu } from '../../../ui/menu/menu.tsx'
import { Kbd } from '../../../ui/tag.tsx'
import type { MachineRow } from '../table/columns.ts'
import { focusFirstRow } from '../table/row-keys.ts'
import { useCompletion } from './completion.ts'
import { prepareSearch } from './found-rows.ts'
import type { Search } from '../../../components/page/use-search.ts'

const CompletionList = lazyComponent(async () => (await import('./completion-list.tsx')).CompletionList)
const SavedItems = lazyComponent(async () => (await import('./saved-searches.tsx')).SavedItems)
const SavedDialog = lazyComponent(async () => (await import('./search-dialogs.tsx')).SavedDialog, {
  onDemand: true,
})
const SearchHelp = lazyComponent(async () => (await import('./search-dialogs.tsx')).SearchHelp, {
  onDemand: true,
})

interface Props {
  search: Search
  rows: readonly MachineRow[]
  /** Called with the text when Enter is pressed, unless Enter accepts a suggestion. */
  onEnter: (text: string) => void
}

/**
 * Searches while the user types, and completes fields and values: arrows choose, Enter or Tab accepts. Without suggestions, ↓ moves to the
 * rows. `/` focuses the box, Escape clears it.
 */
export function SearchBox({ search, rows, onEnter }: Props) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const caret = useRef<number | null>(null)
  const [text, setText] = useState(search.replaced.text)
  const [turn, setTurn] = useState(search.replaced.turn)
  if (turn !== search.replaced.turn) {
    setTurn(search.replaced.turn)
    setText(search.replaced.text)
  }
  const change = (next: string) => {
    setText(next)
    search.type(next)
  }
  const completion = useCompletion(rows, (choice) => {
    caret.current = choice.caret
    change(choice.text)
  })
  useSlash(input)
  // React puts the caret at the end of the text. Move the caret to the end of the suggestion.
  useLayoutEffect(() => {
    if (caret.current === null) return
    input.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const { shown } = completion

  return (
    <div className="relative min-w-0 flex-[1_1_20rem] max-md:basis-full">
      <SearchIcon
        size={15}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
      />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label="Search machines"
        aria-autocomplete="list"
        aria-expanded={shown !== null}
        aria-controls={shown ? `${id}-list` : undefined}
        aria-activedescendant={shown && shown.active !== -1 ? `${id}-list-${shown.active}` : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="Name, address, cores>=4…"
        value={text}
        onChange={({ currentTarget }) => {
          change(currentTarget.value)
          completion.suggest(currentTarget.value, currentTarget.selectionStart ?? currentTarget.value.length)
        }}
        onSelect={({ currentTarget }) => {
          // Close the suggestions once the caret has left the term that they complete.
          if (
            shown &&
            caret.current === null &&
            currentTarget.value === text &&
            !shownAt(currentTarget, shown)
          )
            completion.close()
        }}
        onKeyDown={(event) => {
          if (completion.onKeyDown(event)) return
          const { key, nativeEvent } = event
          if (key === 'Enter' && !nativeEvent.isComposing) onEnter(text)
          else if (key === 'ArrowDown' && focusFirstRow()) event.preventDefault()
          else if (key === 'Escape' && text !== '') {
            event.preventDefault()
            change('')
          }
        }}
        onFocus={() => prepareSearch(rows)}
        onBlur={completion.close}
        className="peer control pr-20! pl-8! text-ellipsis pointer-coarse:pr-24!"
      />
      <span
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-19 -translate-y-1/2 peer-focus:hidden pointer-coarse:hidden"
      >
        {text === '' && <Kbd>/</Kbd>}
      </span>
      <SearchTools search={search} />
      {shown && (
        <CompletionList
          id={`${id}-list`}
          anchor={input}
          options={shown.options}
          active={shown.active}
          onChoose={(index) => completion.choose(text, index)}
        />
      )}
    </div>
  )
}

function SearchTools({ search }: { search: Search }) {
  const [open, setOpen] = useState<'saved' | 'help' | null>(null)
  const close = () => setOpen(null)
  return (
    <span className="absolute top-1/2 right-1 flex -translate-y-1/2">
      <Menu
        label="Saved searches"
        align="end"
        trigger={<IconButton label="Saved searches" icon={Bookmark} size="small" />}
      >
        <SavedItems search={search} onEdit={() => setOpen('saved')} />
      </Menu>
      <IconButton label="How to search" icon={CircleHelp} size="small" onClick={() => setOpen('help')} />
      {open === 'saved' && <SavedDialog query={search.query.trim()} onClose={close} />}
      {open === 'help' && <SearchHelp onClose={close} />}
    </span>
  )
}

function shownAt({ selectionStart }: HTMLInputElement, { from, to }: { from: number; to: number }): boolean {
  return selectionStart !== null && from <= selectionStart && selectionStart <= to
}

/** `/` focuses the box, except where the user is typing. */
function useSlash(input: RefObject<HTMLInputElement | null>): void {
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return
      event.preventDefault()
      input.current?.focus()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [input])
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type=checkbox]), textarea, select, [role=dialog], [role=alertdialog]') !== null
  )
}
