import type { Facet } from '../../../operations/state.ts'

/** A choice beside the search: one of the states, or all machines that aren't deleted. */
export type ListFacet = 'all' | Facet

/** The facets in their order on the page. */
export const FACETS: readonly { value: ListFacet; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'running', label: 'Running' },
  { value: 'stopped', label: 'Stopped' },
  { value: 'changing', label: 'Changing' },
  { value: 'deleted', label: 'Deleted' },
]
