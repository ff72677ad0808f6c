import { createStore } from '../store.ts'

/** The router's current or pending path; null before the router has started. React's `useLocation` follows only with the next render. */
export const destination = createStore<string | null>(null)

/** True if the router is at this path or on the way to it. Only then may the page at this path write search parameters to the URL. */
export function isDestination(pathname: string): boolean {
  return (destination.get() ?? pathname) === pathname
}
