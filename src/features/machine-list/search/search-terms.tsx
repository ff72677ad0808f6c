import TriangleAlert from 'lucide-react/icons/triangle-exclamation-point'
import X from 'lucide-react/icons/x'
import { useEffect, useRef } from 'react'
import { definitionOf } from '../../../lib/search/fields.ts'
import { machinesInWords } from '../../../lib/machine-counts.ts'
import { matcher } from '../../../lib/search/match.ts'
import { parseSearch, printTerm, withoutTerm, type Term } from '../../../lib/search/parse.ts'
import { Button } from '../../../ui/button.tsx'
import { announce } from '../../../ui/live-region.tsx'
import { countRows, type MachineRow } from '../table/columns.ts'
import { searchablesOf } from './found-rows.ts'
import type { Search } from '../../../components/page/use-search.ts'

/** The terms of the search on one line, each with a button to remove it. */
export function SearchTerms({ search }: { search: Search }) {
  const { settled } = search
  const terms = parseSearch(settled)
  // A single plain word or a facet needs no chip: the box shows the word, and the facet is marked.
  if (terms.length < 2 && terms.every(({ meaning }) => meaning.is === 'word' || meaning.is === 'state'))
    return null
  return (
    <ul aria-label="Search terms" className="flex items-center gap-1.5">
      {terms.map((term) => {
        const text = printTerm(term)
        const wrong = term.meaning.is === 'wrong'
        return (
          <li key={term.start} className="shrink-0">
            <button
              type="button"
              aria-label={`Remove ${text}`}
              onClick={() => search.set(withoutTerm(settled, term))}
              className={`inline-flex min-h-6 max-w-80 items-center gap-1.5 rounded-md border px-2 text-left font-mono text-xs pointer-coarse:min-h-9 ${
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
        <li className="shrink-0">
          <Button variant="quiet" size="small" onClick={() => search.set('')}>
            Clear all
          </Button>
        </li>
      )}
    </ul>
  )
}

interface NotesProps {
  search: Search
  rows: readonly MachineRow[]
  found: number
}

/** Says which terms are invalid or match no value, and announces how many machines match. */
export function SearchNotes({ search: { settled }, rows, found }: NotesProps) {
  const terms = parseSearch(settled)
  const notes = searchNotes(terms, rows)
  useAnnouncedCount(settled, found, rows)
  return (
    // The notes float above the rows. Only the notes take clicks, so that the rows beside them can be clicked.
    <div
      role="status"
      aria-label="Search notes"
      className="pointer-events-none! grid justify-items-start gap-2"
    >
      {notes.map(({ text, wrong }) => (
        <p
          key={text}
          className="pointer-events-auto flex items-start gap-1.5 rounded-lg border border-line-strong bg-surface px-3 py-2 text-xs shadow-pop"
        >
          <TriangleAlert size={14} aria-hidden className={`mt-0.5 shrink-0 ${wrong ? 'text-warn' : ''}`} />
          <span className="wrap-anywhere">{text}</span>
        </p>
      ))}
    </div>
  )
}

/** Announces how many machines match once typing pauses, but not after a refresh. */
function useAnnouncedCount(settled: string, found: number, rows: readonly MachineRow[]): void {
  const announced = useRef(settled)
  useEffect(() => {
    if (announced.current === settled) return
    announced.current = settled
    if (settled !== '') announce(`${found} of ${machinesInWords(countRows(rows))} match.`)
  }, [settled, found, rows])
}

/** A note about a term. `wrong`: the term is invalid and ignored. */
interface Note {
  text: string
  wrong: boolean
}

/** Notes on invalid terms, and on values that no machine has. */
function searchNotes(terms: readonly Term[], rows: readonly MachineRow[]): Note[] {
  const notes: Note[] = []
  for (const { not, meaning, ...term } of terms) {
    if (meaning.is === 'wrong') {
      const rest = terms.length > 1 ? ' The other terms still apply.' : ''
      notes.push({
        text: `${printTerm({ not, ...term })} is ignored: ${meaning.problem}${rest}`,
        wrong: true,
      })
    }
    if (meaning.is !== 'text' || not || rows.length === 0) continue
    const { field, pattern } = meaning
    const { phrase } = definitionOf(field)
    if (phrase === undefined || isFound(rows, printTerm({ not, ...term }))) continue
    const beginning = printTerm({ not, ...term, value: `${pattern}*` })
    const more = isFound(rows, beginning) ? ` Try ${beginning} to match the beginning.` : ''
    notes.push({ text: `No machine here ${phrase} “${pattern}”.${more}`, wrong: false })
  }
  return notes
}

function isFound(rows: readonly MachineRow[], query: string): boolean {
  return searchablesOf(rows).some(matcher(parseSearch(query)))
}
