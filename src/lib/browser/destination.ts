import { createStore } from '../store.ts'

/** The path the router is on, or on its way to; null before it has started. React's `useLocation` follows only with the next render. */
export const destination = createStore<string | null>(null)

/** Whether the router rests at this path, or is on its way there: what belongs to its page can be written into the address. */
export function isDestination(pathname: string): boolean {
  return (destination.get() ?? pathname) === pathname
}
