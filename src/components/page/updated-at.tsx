import type { QueryKey } from '@tanstack/react-query'
import { useSyncExternalStore, type ReactNode } from 'react'
import { queryClient } from '../../api/query-client.ts'

/** Has the listener told of whatever is read, of any query. */
export function subscribeUpdates(listener: () => void): () => void {
  return queryClient.getQueryCache().subscribe(listener)
}

/** When the last good answer to a query came, in ms; 0 until then. */
export function updatedAtOf(queryKey: QueryKey): number {
  return queryClient.getQueryState(queryKey)?.dataUpdatedAt ?? 0
}

interface Props {
  queryKey: QueryKey
  children: (updatedAt: number) => ReactNode
}

/**
 * Shows when the last good answer came. Each answer has another time: a page of thousands of machines that took it of the query
 * itself would be drawn anew with each refresh, even where nothing has changed.
 */
export function UpdatedAt({ queryKey, children }: Props) {
  return children(useSyncExternalStore(subscribeUpdates, () => updatedAtOf(queryKey)))
}
