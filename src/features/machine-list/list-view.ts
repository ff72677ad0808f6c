import { useSearchParams } from 'react-router'
import { useSearch } from './search/use-search.ts'
import { parseSort, printSort, type ColumnId, type Sort } from './table/columns.ts'

/** Search and sort. Both are in the URL, so that users can share the link. */
export function useListView() {
  const [params, setParams] = useSearchParams()
  const search = useSearch()
  const sort = parseSort(params.get('sort'))
  const setSort = (next: Sort) =>
    setParams(
      () => {
        // Start from the current URL, not the rendered one: search and sort may both change before the next render.
        const now = new URLSearchParams(location.search)
        const printed = printSort(next)
        if (printed === null) now.delete('sort')
        else now.set('sort', printed)
        return now
      },
      { replace: true, preventScrollReset: true },
    )

  return {
    search,
    sort,
    setSort,
    /** Sorts by a column, or the other way round if it is sorted by that column already. */
    sortBy: (by: ColumnId) => setSort({ by, descending: sort.by === by && !sort.descending }),
  }
}

export type ListView = ReturnType<typeof useListView>

/** The address of a list without the `deleted` of older links, whose `deleted=only` is `is:deleted` now; null if it has none. */
export function withoutOldParameter(url: URL): string | null {
  const params = new URLSearchParams(url.search)
  if (!params.has('deleted')) return null
  if (params.get('deleted') === 'only')
    params.set('q', ['is:deleted', params.get('q')].filter(Boolean).join(' '))
  params.delete('deleted')
  return [url.pathname, params.toString()].filter(Boolean).join('?')
}
