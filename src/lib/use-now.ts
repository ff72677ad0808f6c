import { useSyncExternalStore } from 'react'
import { createEmitter } from './store.ts'

const TICK_MS = 1_000

// One clock for the whole page, running only while somebody looks at it.
const tick = createEmitter<[]>()
let watching = 0
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  const end = tick.on(listener)
  watching += 1
  timer ??= setInterval(tick.emit, TICK_MS)
  return () => {
    end()
    watching -= 1
    if (watching > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

// Not a store: between two ticks a component that appears shows the time of then, not of the last tick.
const seconds = () => Math.floor(Date.now() / TICK_MS) * TICK_MS

/** The time in ms, to the second; the component re-renders each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, seconds, seconds)
}

/** What `select` makes of the time; the component re-renders when that changes. */
export function useNowSelected<T extends string | number | boolean | null>(select: (now: number) => T): T {
  const read = () => select(Date.now())
  return useSyncExternalStore(subscribe, read, read)
}
