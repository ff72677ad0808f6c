import { useSyncExternalStore } from 'react'

const TICK_MS = 1_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null

// One clock for the whole page, running only while somebody looks at it.
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

const seconds = () => Math.floor(Date.now() / TICK_MS) * TICK_MS

/** The time in ms, to the second; the component re-renders each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, seconds)
}

/** What `select` makes of the time; the component re-renders when that changes. */
export function useNowSelected<T extends string | number | boolean | null>(select: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => select(Date.now()))
}
