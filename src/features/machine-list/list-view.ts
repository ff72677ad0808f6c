import { useSearchParams } from 'react-router'
import { useSearch } from './search/use-search.ts'
import { parseSort, printSort, type ColumnId } from './table/columns.ts'

/** Search, sort, and whether deleted machines are shown. All are in the URL, so that users can share the link. */
export function useListView() {
  const [params, setParams] = useSearchParams()
  const search = useSearch()
  const sort = parseSort(params.get('sort'))
  const includeDeleted = params.has('deleted')
  const onlyDeleted = params.get('deleted') === 'only'
  const change = (name: string, value: string | null, replace: boolean) =>
    setParams(
      () => {
        // Start from the current URL, not the rendered one: search and sort may both change before the next render.
        const next = new URLSearchParams(location.search)
        if (value === null || value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace, preventScrollReset: true },
    )

  return {
    search,
    sort,
    includeDeleted,
    onlyDeleted,
    sortBy: (by: ColumnId) =>
      change('sort', printSort({ by, descending: sort.by === by && !sort.descending }), true),
    setIncludeDeleted: (include: boolean) => change('deleted', include ? '1' : null, false),
    setOnlyDeleted: (only: boolean) => change('deleted', only ? 'only' : null, false),
  }
}

export type ListView = ReturnType<typeof useListView>
