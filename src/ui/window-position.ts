import { useSyncExternalStore } from 'react'

/** Where the window stands on the page, px. */
interface Position {
  scrolled: number
  height: number
}

let position: Position | undefined
const listeners = new Set<() => void>()

/**
 * Where the window stood when it last scrolled or changed size. Asking for `scrollY` and `innerHeight` themselves makes the browser
 * lay out a changed page at once, and React asks a store again after each change.
 */
export function windowPosition(): Position {
  if (position === undefined) {
    addEventListener('scroll', measure, { passive: true })
    addEventListener('resize', measure)
  }
  return position ?? measure()
}

function measure(): Position {
  position = { scrolled: scrollY, height: innerHeight }
  for (const listener of listeners) listener()
  return position
}

/** What `select` makes of the window's position; the component re-renders when that changes. */
export function useWindowPosition(select: (position: Position) => number): number {
  return useSyncExternalStore(subscribe, () => select(windowPosition()))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
