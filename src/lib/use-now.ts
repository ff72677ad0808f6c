import { useSyncExternalStore } from 'react'
import { createEmitter } from './store.ts'

const TICK_MS = 1_000

// One clock for the whole page. The clock runs only while a component uses it.
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

// Not a store: a component that mounts between two ticks must show the current time, not the time of the last tick.
const seconds = () => Math.floor(Date.now() / TICK_MS) * TICK_MS

/** The current time in ms, to the second. The component re-renders each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, seconds, seconds)
}

/** A value derived from the time by `select`; the component re-renders when it changes. */
export function useNowSelected<T extends string | number | boolean | null>(select: (now: number) => T): T {
  const read = () => select(Date.now())
  return useSyncExternalStore(subscribe, read, read)
}
