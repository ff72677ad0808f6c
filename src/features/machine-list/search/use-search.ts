import { startTransition, useEffect, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { isDestination } from '../../../lib/browser/destination.ts'
import { asksForDeleted, parseSearch } from '../../../lib/search/parse.ts'

// Safari limits how often the URL may be replaced.
const URL_DELAY_MS = 300

/** The search of a list. The box keeps its input as local state, so that a keystroke first re-renders only the box. */
export interface Search {
  /** The query applied to the list; follows the input as fast as the list can render. */
  query: string
  /** The query in the URL; follows when typing pauses. */
  settled: string
  /** Text to replace the input with; each replacement has a new `turn`. */
  replaced: { text: string; turn: number }
  /** Searches for the input. */
  type: (text: string) => void
  /** Replaces the input, when a chip is removed or a saved search chosen. Empty for no search. */
  set: (text: string) => void
}

/** The search in the URL's `q`. While it asks for deleted machines, the URL also has `deleted`, so that they are fetched. */
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
    // The user is leaving. A new URL now would bring them back, or give the next page this search.
    if (!isDestination(pathname)) return
    written.current.note(text)
    setParams(
      () => {
        // The current URL, not the rendered one, which may lack a sort just chosen.
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

  // The timer needs the latest `write`: the page may have rendered again by then.
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

/** The texts that the search box has written to the URL. One may arrive after the next was written. */
export interface OwnWrites {
  note: (text: string) => void
  /** True if the URL's text is one of our own; otherwise the user went back or forward. */
  arrived: (text: string) => boolean
}

export function ownWrites(text: string): OwnWrites {
  // The text that arrived last, then those written since, in order.
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
