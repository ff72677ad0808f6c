import { useSyncExternalStore } from 'react'

/** Where the window stands on the page, px. */
interface Place {
  scrolled: number
  height: number
}

let place: Place | undefined
const listeners = new Set<() => void>()

/**
 * Where the window stood when it last moved. `scrollY` and `innerHeight` themselves have the browser lay out the page at once when
 * something on it has changed, and React asks for what it depends on after each change.
 */
export function windowPlace(): Place {
  if (place === undefined) {
    addEventListener('scroll', note, { passive: true })
    addEventListener('resize', note)
  }
  return place ?? note()
}

function note(): Place {
  place = { scrolled: scrollY, height: innerHeight }
  for (const listener of listeners) listener()
  return place
}

/** What is read from the window's place, drawn anew when that has become another. */
export function useWindowPlace(read: (place: Place) => number): number {
  return useSyncExternalStore(subscribe, () => read(windowPlace()))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
