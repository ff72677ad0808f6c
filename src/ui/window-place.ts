import { createStore } from '../lib/store.ts'

/** Where the window stands on the page, px. */
interface Place {
  scrolled: number
  height: number
}

const place = createStore<Place | null>(null)

/**
 * Where the window stood when it last moved. `scrollY` and `innerHeight` themselves have the browser lay out the page at once when
 * something on it has changed, and React asks for what it depends on after each change.
 */
export function windowPlace(): Place {
  if (place.get() === null) {
    addEventListener('scroll', note, { passive: true })
    addEventListener('resize', note)
  }
  return place.get() ?? note()
}

function note(): Place {
  const now = { scrolled: scrollY, height: innerHeight }
  place.set(now)
  return now
}

/** What is read from the window's place; re-renders when that changes. */
export function useWindowPlace(read: (place: Place) => number): number {
  return place.use(() => read(windowPlace()))
}
