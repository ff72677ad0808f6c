import { startTransition, useEffect, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { staysAt } from '../../../lib/browser/headed-for.ts'
import { asksForDeleted, parseSearch } from '../../../lib/search/parse.ts'
import { ownWrites } from './own-writes.ts'

// Safari limits how often the URL may be replaced.
const URL_DELAY_MS = 300

/** The search of a list. What is being typed is the box's own, so that a keystroke draws the box alone at once. */
export interface Search {
  /** What is searched for: follows the typing as fast as the list can. */
  query: string
  /** What the URL has: follows when the typing rests. */
  settled: string
  /** What the box is to show instead of what was typed; another turn each time. */
  given: { text: string; turn: number }
  /** What was typed just now. */
  type: (text: string) => void
  /** Another search than what was typed: a chip is gone, a saved one is chosen. Empty for none. */
  set: (text: string) => void
}

/** The search in the URL's `q`. A search for deleted machines has them read, too, as long as it is there. */
export function useSearch(): Search {
  const [params, setParams] = useSearchParams()
  const { pathname } = useLocation()
  const settled = params.get('q') ?? ''
  const [query, setQuery] = useState(settled)
  const [given, setGiven] = useState({ text: settled, turn: 0 })
  const written = useRef(ownWrites(settled))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const broughtDeleted = useRef(false)

  const give = (text: string) => {
    setQuery(text)
    setGiven(({ turn }) => ({ text, turn: turn + 1 }))
  }

  // Going back or forward changes the URL from outside; what we wrote ourselves comes back unchanged.
  useEffect(() => {
    if (written.current.arrived(settled)) return
    clearTimeout(timer.current)
    give(settled)
  }, [settled])
  useEffect(() => () => clearTimeout(timer.current), [])

  const write = (text: string) => {
    clearTimeout(timer.current)
    // To write the URL now would bring the user back from where he is going to, or give the next page this search.
    if (!staysAt(pathname)) return
    written.current.note(text)
    setParams(
      () => {
        // What is in the address by now, which may not be drawn yet: a sort just chosen would be lost.
        const next = new URLSearchParams(location.search)
        if (text === '') next.delete('q')
        else next.set('q', text)
        const wanted = asksForDeleted(parseSearch(text))
        if (wanted && !next.has('deleted')) {
          broughtDeleted.current = true
          next.set('deleted', '1')
        } else if (!wanted && broughtDeleted.current) {
          broughtDeleted.current = false
          if (next.get('deleted') === '1') next.delete('deleted')
        }
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  }

  // By the time it is written the rest of the URL may be another.
  const latestWrite = useRef(write)
  useEffect(() => {
    latestWrite.current = write
  })

  return {
    query,
    settled,
    given,
    type: (text) => {
      startTransition(() => setQuery(text))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => latestWrite.current(text), URL_DELAY_MS)
    },
    set: (text) => {
      give(text)
      write(text)
    },
  }
}
