import { parseSearch, withoutTerm } from '../../../lib/search/parse.ts'
import { FACETS, type ListFacet } from './facet-names.ts'

/** The facet that a search stands for; null if its `is:` terms say more than a facet does. */
export function facetOfSearch(query: string): ListFacet | null {
  const [term, ...more] = parseSearch(query).filter(({ field }) => field === 'is')
  if (term === undefined) return 'all'
  const { meaning, not } = term
  if (meaning.is !== 'state' || not || more.length > 0) return null
  return FACETS.find(({ value }) => value === meaning.state)?.value ?? null
}

/** The search with this facet in place of its `is:` terms. */
export function withFacet(query: string, facet: ListFacet): string {
  // From the end, so that the places of the terms before stay the same.
  const rest = parseSearch(query)
    .filter(({ field }) => field === 'is')
    .reduceRight(withoutTerm, query)
    .trim()
  // At the beginning: after a quote that isn't closed, it would belong to the quoted text.
  return facet === 'all' ? rest : `is:${facet} ${rest}`.trim()
}
