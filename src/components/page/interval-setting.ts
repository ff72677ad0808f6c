import { useSyncExternalStore } from 'react'
import { externalStore } from '../../lib/external-store.ts'
import { browserStorage } from '../../lib/browser/storage.ts'

/** How often a page reads anew. Paused keeps the interval, for what counts as old. */
export interface IntervalSetting {
  ms: number
  paused: boolean
}

/** The intervals to choose from, in ms. */
export const INTERVALS = [2_000, 5_000, 10_000, 30_000, 60_000] as const

const KEY = 'bigv.interval'
const DEFAULT_MS = 10_000

const store = externalStore<IntervalSetting>({ ms: kept(), paused: false })

export const intervalSetting = store.get
export const subscribeInterval = store.subscribe

/** Chooses the interval, for this browser, and ends a pause. */
export function chooseInterval(ms: number): void {
  browserStorage.write(KEY, ms)
  store.set({ ms, paused: false })
}

/** Pauses, until the page is loaded anew or an interval is chosen. */
export function pausePolling(paused: boolean): void {
  store.set({ ...store.get(), paused })
}

export function useIntervalSetting(): IntervalSetting {
  return useSyncExternalStore(subscribeInterval, intervalSetting)
}

function kept(): number {
  const value = browserStorage.read(KEY)
  return INTERVALS.find((ms) => ms === value) ?? DEFAULT_MS
}
