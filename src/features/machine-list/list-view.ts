import { useSearchParams } from 'react-router'
import { grouping } from './table/use-grouped.ts'
import { searchEngine } from './search/load-engine.ts'
import { useSearch } from '../../components/page/use-search.ts'
import { useSetParameter } from '../../components/page/set-parameter.ts'
import { parseSort, printSort, type ColumnId, type Sort } from './table/columns.ts'

/** Search, sort and grouping. All are in the URL, so that users can share the link. */
export function useListView() {
  const [params] = useSearchParams()
  const search = useSearch()
  const sort = parseSort(params.get('sort'))
  const set = useSetParameter()
  const setSort = (next: Sort) => set('sort', printSort(next))

  return {
    search,
    sort,
    setSort,
    /** Sorts by a column, or the other way round if it is sorted by that column already. */
    sortBy: (by: ColumnId) => setSort({ by, descending: sort.by === by && !sort.descending }),
    /** What the list is grouped by, as in the URL; null without a grouping. */
    groupBy: params.get('group'),
    setGroupBy: (by: string | null) => set('group', by),
  }
}

export type ListView = ReturnType<typeof useListView>

/** For the loader of a list's page: resolves once the view in this URL can be applied, so that no other rows show first. */
export function viewReady(url: string): Promise<unknown> | null {
  const { searchParams } = new URL(url)
  const needed: Promise<unknown>[] = []
  if (searchParams.has('q')) needed.push(searchEngine.load())
  if (searchParams.has('group')) needed.push(grouping.load())
  return needed.length > 0 ? Promise.all(needed).then(() => null) : null
}

/** The address of a list without the `deleted` of older links, whose `deleted=only` is `is:deleted` now; null if it has none. */
export function withoutOldParameter(url: URL): string | null {
  const params = new URLSearchParams(url.search)
  if (!params.has('deleted')) return null
  if (params.get('deleted') === 'only')
    params.set('q', ['is:deleted', params.get('q')].filter(Boolean).join(' '))
  params.delete('deleted')
  return [url.pathname, params.toString()].filter(Boolean).join('?')
}
