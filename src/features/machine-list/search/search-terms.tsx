import { TriangleAlert, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { parseSearch, withoutTerm, printTerm } from '../../../lib/search/parse.ts'
import { Button } from '../../../ui/button.tsx'
import { announce } from '../../../ui/live-region.tsx'
import type { MachineRow } from '../row.ts'
import { searchNotes } from './search-notes.ts'
import type { Search } from './use-search.ts'
import { vocabularyOf } from './vocabulary.ts'

interface Props {
  search: Search
  rows: readonly MachineRow[]
  found: number
}

/** What is searched for, each term to be taken out by one click, and what is wrong with it. */
export function SearchTerms({ search, rows, found }: Props) {
  const { settled } = search
  const terms = parseSearch(settled)
  // Ten thousand rows are not counted for nothing.
  const notes = searchNotes(terms, terms.length > 0 && rows.length > 0 ? vocabularyOf(rows) : null)
  useSaidCount(settled, found, rows.length)
  // One plain word is the box itself.
  const chips = terms.length > 1 || terms.some(({ meaning }) => meaning.is !== 'word')

  return (
    <>
      {chips && (
        <ul aria-label="What is searched for" className="-mt-1 mb-2.5 flex flex-wrap items-center gap-1.5">
          {terms.map((term) => {
            const text = printTerm(term)
            const wrong = term.meaning.is === 'wrong'
            return (
              <li key={term.start} className="flex min-w-0">
                <button
                  type="button"
                  aria-label={`Remove ${text}`}
                  onClick={() => search.set(withoutTerm(settled, term))}
                  className={`inline-flex min-h-6 max-w-full items-center gap-1.5 rounded-md border px-2 text-left font-mono text-xs pointer-coarse:min-h-9 ${
                    wrong
                      ? 'border-warn/45 bg-warn-soft text-warn line-through decoration-1'
                      : 'border-line-strong bg-surface hover:bg-raised'
                  }`}
                >
                  <span className="min-w-0 truncate">{text}</span>
                  <X size={12} aria-hidden className="shrink-0 text-muted" />
                </button>
              </li>
            )
          })}
          {terms.length > 1 && (
            <li>
              <Button variant="quiet" size="small" onClick={() => search.set('')}>
                Clear all
              </Button>
            </li>
          )}
        </ul>
      )}
      <div role="status" aria-label="About the search">
        {notes.map(({ text, wrong }) => (
          <p key={text} className="mb-2 flex items-start gap-1.5 text-xs text-muted">
            <TriangleAlert size={14} aria-hidden className={`mt-0.5 shrink-0 ${wrong ? 'text-warn' : ''}`} />
            <span className="wrap-anywhere">{text}</span>
          </p>
        ))}
      </div>
    </>
  )
}

/** Says how many there are when a search has come to rest; a refresh says nothing. */
function useSaidCount(settled: string, found: number, all: number): void {
  const said = useRef(settled)
  useEffect(() => {
    if (said.current === settled) return
    said.current = settled
    if (settled !== '') announce(`${found} of ${all} machines match.`)
  }, [settled, found, all])
}
