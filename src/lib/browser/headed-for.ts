import { createStore } from '../store.ts'

/**
 * The path of the page that the router is on its way to, or where it rests; null before it has started. The router sets
 * it in the moment of the click, where React's `useLocation` follows only when the next drawing is done.
 */
export const headedFor = createStore<string | null>(null)

/** Whether the router rests at this path, or is on its way there: what belongs to its page can be written into the address. */
export function staysAt(pathname: string): boolean {
  return (headedFor.get() ?? pathname) === pathname
}
