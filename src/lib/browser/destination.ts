import { createStore } from '../store.ts'

/** The router's current or pending path; null before it has started. React's `useLocation` only follows with the next render. */
export const destination = createStore<string | null>(null)

/** True if the router is at this path or navigating to it. Only then may its page write search parameters to the URL. */
export function isDestination(pathname: string): boolean {
  return (destination.get() ?? pathname) === pathname
}
