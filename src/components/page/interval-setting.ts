import { persisted } from '../../lib/persisted.ts'
import { z } from '../../lib/schema.ts'
import { createStore } from '../../lib/store.ts'

/** How often a page is refreshed. Paused keeps the interval, for what counts as old. */
export interface IntervalSetting {
  ms: number
  paused: boolean
}

/** The intervals to choose from, in ms. */
export const INTERVALS = [2_000, 5_000, 10_000, 30_000, 60_000] as const

const interval = persisted(createStore<number>(10_000), {
  key: 'bigv.interval',
  where: 'browser',
  schema: z.literal(INTERVALS),
})
const paused = createStore(false)

export const intervalSetting = (): IntervalSetting => ({ ms: interval.get(), paused: paused.get() })

/** Calls the listener when the interval changes, or a pause begins or ends; returns the function that ends it. */
export function subscribeInterval(listener: () => void): () => void {
  const ends = [interval.subscribe(listener), paused.subscribe(listener)]
  return () => ends.forEach((end) => end())
}

/** Chooses the interval, for this browser, and ends a pause in this tab. */
export function chooseInterval(ms: number): void {
  interval.set(ms)
  paused.set(false)
}

/** Pauses this tab, until the page is reloaded or an interval is chosen. */
export const pausePolling = paused.set

export function useIntervalSetting(): IntervalSetting {
  return { ms: interval.use(), paused: paused.use() }
}
