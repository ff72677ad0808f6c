import { externalStore } from './external-store.ts'

/**
 * The path of the page that the router is on its way to; null while it rests. The router sets it in the moment of the click, where
 * React's `useNavigation` says it only when the next drawing is done.
 */
export const goingTo = externalStore<string | null>(null)
