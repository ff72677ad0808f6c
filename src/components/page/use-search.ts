import { useEffect, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { isDestination } from '../../lib/browser/destination.ts'
import { useSetParameter } from './set-parameter.ts'

// Safari limits how often the URL may be replaced.
const URL_DELAY_MS = 300

/** The search of a page. A search box may keep its input as local state. */
export interface Search {
  /** The query applied to the page. It follows the input at once, in the same frame. */
  query: string
  /** The query in the URL. It follows the input when typing pauses. */
  settled: string
  /** The text that last replaced the input; each replacement has a new `turn`. */
  replaced: { text: string; turn: number }
  /** Call with the input at each change. */
  type: (text: string) => void
  /** Replaces the input, for example when a chip is removed or a saved search is chosen. An empty text ends the search. */
  set: (text: string) => void
}

/** The search in the URL's `q`. */
export function useSearch(): Search {
  const [params] = useSearchParams()
  const setParameter = useSetParameter()
  const { pathname } = useLocation()
  const settled = params.get('q') ?? ''
  const [query, setQuery] = useState(settled)
  const [replaced, setReplaced] = useState({ text: settled, turn: 0 })
  const written = useRef(ownWrites(settled))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const replace = (text: string) => {
    setQuery(text)
    setReplaced(({ turn }) => ({ text, turn: turn + 1 }))
  }

  // When Back or Forward changes the text in the URL, that text must replace the input. A text that this search box wrote itself must not.
  useEffect(() => {
    if (written.current.arrived(settled)) return
    clearTimeout(timer.current)
    replace(settled)
  }, [settled])
  useEffect(() => () => clearTimeout(timer.current), [])

  const write = (text: string) => {
    clearTimeout(timer.current)
    // The user is leaving the page. Changing the URL now would bring them back, or put this search into the next page's URL.
    if (!isDestination(pathname)) return
    written.current.note(text)
    setParameter('q', text || null)
  }

  // The timer needs the latest `write`, as the page may render again before the timer ends.
  const latestWrite = useRef(write)
  useEffect(() => {
    latestWrite.current = write
  })

  return {
    query,
    settled,
    replaced,
    type: (text) => {
      setQuery(text)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => latestWrite.current(text), URL_DELAY_MS)
    },
    set: (text) => {
      replace(text)
      write(text)
    },
  }
}

/** The texts that the search box has written to the URL. React Router may report a text only after the next one was written. */
export interface OwnWrites {
  note: (text: string) => void
  /** True if the search box wrote the URL's text; otherwise the user went back or forward. */
  arrived: (text: string) => boolean
}

export function ownWrites(text: string): OwnWrites {
  // The text that arrived last, then the texts written since, in order.
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
