// What a search needs beyond the rows, loaded once the first view is shown, or before it if the URL has a search.

export { completionAt } from '../../../lib/search/complete.ts'
export { matcher, prepareWords } from '../../../lib/search/match.ts'
export { asksForDeleted, asksForState, parseSearch } from '../../../lib/search/parse.ts'
export { vocabularyOf } from './vocabulary.ts'
export { facetOfSearch, withFacet } from './facet-search.ts'
