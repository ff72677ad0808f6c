import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { parseSort, printSort, type SortKey } from './sorting.ts'

// Safari limits how often the URL may be replaced.
const URL_DELAY_MS = 300

/** How the list is looked at: search, sort, deleted ones. All of it is in the URL, so that it can be sent to a colleague. */
export function useListView() {
  const [params, setParams] = useSearchParams()
  const inUrl = params.get('q') ?? ''
  const sortParameter = params.get('sort')
  const sort = useMemo(() => parseSort(sortParameter), [sortParameter])
  const includeDeleted = params.has('deleted')
  const onlyDeleted = params.get('deleted') === 'only'
  const [typed, setTyped] = useState(inUrl)
  const written = useRef(inUrl)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  // Going back or forward changes the URL from outside; what we wrote ourselves comes back unchanged.
  useEffect(() => {
    if (inUrl === written.current) return
    written.current = inUrl
    setTyped(inUrl)
  }, [inUrl])
  useEffect(() => () => clearTimeout(timer.current), [])

  const change = (name: string, value: string | null, replace: boolean) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace, preventScrollReset: true },
    )

  return {
    typed,
    query: useDeferredValue(typed),
    sort,
    includeDeleted,
    onlyDeleted,
    search: (text: string) => {
      setTyped(text)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        written.current = text
        change('q', text, true)
      }, URL_DELAY_MS)
    },
    sortBy: (by: SortKey) =>
      change('sort', printSort({ by, descending: sort.by === by && !sort.descending }), true),
    setIncludeDeleted: (include: boolean) => change('deleted', include ? '1' : null, false),
    setOnlyDeleted: (only: boolean) => change('deleted', only ? 'only' : null, false),
  }
}
