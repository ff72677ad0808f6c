import { startTransition, useEffect, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { staysAt } from '../../../lib/browser/headed-for.ts'
import { asksForDeleted, parseSearch } from '../../../lib/search/parse.ts'

// Safari limits how often the URL may be replaced.
const URL_DELAY_MS = 300

/** The search of a list. What is being typed is the box's own state, so that a keystroke renders the box alone at once. */
export interface Search {
  /** What is searched for; follows the typing as fast as the list can. */
  query: string
  /** What the URL has; follows when the typing pauses. */
  settled: string
  /** What the box shows in place of what was typed; a new turn each time. */
  replaced: { text: string; turn: number }
  /** Searches for what was just typed. */
  type: (text: string) => void
  /** Replaces what was typed: a chip was removed, a saved search chosen. Empty for none. */
  set: (text: string) => void
}

/** The search in the URL's `q`. While it asks for deleted machines, these are fetched, too. */
export function useSearch(): Search {
  const [params, setParams] = useSearchParams()
  const { pathname } = useLocation()
  const settled = params.get('q') ?? ''
  const [query, setQuery] = useState(settled)
  const [replaced, setReplaced] = useState({ text: settled, turn: 0 })
  const written = useRef(ownWrites(settled))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const addedDeleted = useRef(false)

  const replace = (text: string) => {
    setQuery(text)
    setReplaced(({ turn }) => ({ text, turn: turn + 1 }))
  }

  // Going back or forward changes the URL from outside; our own writes come back unchanged.
  useEffect(() => {
    if (written.current.arrived(settled)) return
    clearTimeout(timer.current)
    replace(settled)
  }, [settled])
  useEffect(() => () => clearTimeout(timer.current), [])

  const write = (text: string) => {
    clearTimeout(timer.current)
    // To write the URL now would bring the user back from where they are going, or give the next page this search.
    if (!staysAt(pathname)) return
    written.current.note(text)
    setParams(
      () => {
        // The URL as it is by now, which may not be rendered yet: a sort just chosen would be lost.
        const next = new URLSearchParams(location.search)
        if (text === '') next.delete('q')
        else next.set('q', text)
        const wanted = asksForDeleted(parseSearch(text))
        if (wanted && !next.has('deleted')) {
          addedDeleted.current = true
          next.set('deleted', '1')
        } else if (!wanted && addedDeleted.current) {
          addedDeleted.current = false
          if (next.get('deleted') === '1') next.delete('deleted')
        }
        return next
      },
      { replace: true, preventScrollReset: true },
    )
  }

  // By the time it is written the rest of the URL may have changed.
  const latestWrite = useRef(write)
  useEffect(() => {
    latestWrite.current = write
  })

  return {
    query,
    settled,
    replaced,
    type: (text) => {
      startTransition(() => setQuery(text))
      clearTimeout(timer.current)
      timer.current = setTimeout(() => latestWrite.current(text), URL_DELAY_MS)
    },
    set: (text) => {
      replace(text)
      write(text)
    },
  }
}

/** What the search box has written into the URL. It gets there some time later, when perhaps the next text is written already. */
export interface OwnWrites {
  note: (text: string) => void
  /** Whether the URL's text is one of our own; otherwise the user went back or forward. */
  arrived: (text: string) => boolean
}

export function ownWrites(text: string): OwnWrites {
  // From the one that has arrived on, in the order of writing.
  let written = [text]
  return {
    note: (next) => {
      if (written.at(-1) !== next) written.push(next)
    },
    arrived: (now) => {
      const at = written.lastIndexOf(now)
      written = at === -1 ? [now] : written.slice(at)
      return at !== -1
    },
  }
}
