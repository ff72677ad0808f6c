import { createStore } from '../lib/store.ts'

/** Where the window stands on the page, px. */
interface Position {
  scrolled: number
  height: number
}

const position = createStore<Position | null>(null)

/**
 * Where the window stood when it last scrolled or changed size. Asking for `scrollY` and `innerHeight` themselves makes the browser
 * lay out a changed page at once, and React asks a store again after each change.
 */
export function windowPosition(): Position {
  if (position.get() === null) {
    addEventListener('scroll', measure, { passive: true })
    addEventListener('resize', measure)
  }
  return position.get() ?? measure()
}

function measure(): Position {
  const now = { scrolled: scrollY, height: innerHeight }
  position.set(now)
  return now
}

/** What `select` makes of the window's position; the component re-renders when that changes. */
export function useWindowPosition(select: (position: Position) => number): number {
  return position.use(() => select(windowPosition()))
}
