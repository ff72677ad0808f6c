import { Search as SearchIcon } from 'lucide-react'
import { useId, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { Kbd } from '../../../ui/tag.tsx'
import { lazyComponent } from '../../../ui/lazy.tsx'
import type { MachineRow } from '../row.ts'
import { SearchTools } from './search-tools.tsx'
import { useCompletion } from './use-completion.ts'
import type { Search } from './use-search.ts'
import { vocabularyOf } from './vocabulary.ts'

const CompletionList = lazyComponent(async () => (await import('./completion-list.tsx')).CompletionList)

/**
 * Searches as one types; `/` goes there, Escape clears it. Fields and their values are offered below: arrows choose, Enter or Tab
 * takes, Escape closes.
 */
export function SearchBox({ search, rows }: { search: Search; rows: readonly MachineRow[] }) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const caret = useRef<number | null>(null)
  const [text, setText] = useState(search.given.text)
  const [turn, setTurn] = useState(search.given.turn)
  if (turn !== search.given.turn) {
    setTurn(search.given.turn)
    setText(search.given.text)
  }
  const change = (next: string) => {
    setText(next)
    search.type(next)
  }
  const completion = useCompletion(
    () => vocabularyOf(rows),
    (taken) => {
      caret.current = taken.caret
      change(taken.text)
    },
  )
  useSlash(input)
  // React puts the caret at the end of what is set; it belongs behind what was taken.
  useLayoutEffect(() => {
    if (caret.current === null) return
    input.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const { shown } = completion

  return (
    <div className="relative min-w-0 flex-[1_1_20rem]">
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
        placeholder="Name, address, is:running, cores>=4…"
        value={text}
        onChange={({ currentTarget }) => {
          change(currentTarget.value)
          completion.suggest(currentTarget.value, currentTarget.selectionStart ?? currentTarget.value.length)
        }}
        onSelect={({ currentTarget }) => {
          // The caret has gone elsewhere.
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
          if (event.key === 'Enter') search.set(text)
          if (event.key !== 'Escape' || text === '') return
          event.preventDefault()
          change('')
        }}
        onBlur={completion.close}
        className="peer control pr-20! pl-8! pointer-coarse:pr-24!"
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
          onTake={(index) => completion.take(text, index)}
        />
      )}
    </div>
  )
}

function shownAt({ selectionStart }: HTMLInputElement, { from, to }: { from: number; to: number }): boolean {
  return selectionStart !== null && from <= selectionStart && selectionStart <= to
}

/** `/` goes to the box, from wherever one is not typing. */
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
