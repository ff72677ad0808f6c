import { useSyncExternalStore } from 'react'
import type { Run } from '../../operations/batch/run.ts'
import { runs, subscribeRuns } from '../../operations/batch/runs.ts'

const EVERY_MS = 100
const listeners = new Set<() => void>()
let shown = runs()
let timer: ReturnType<typeof setTimeout> | null = null

// A thousand machines change many times a second; nobody can see more than ten pictures of that.
subscribeRuns(() => {
  timer ??= setTimeout(() => {
    timer = null
    shown = runs()
    for (const listener of listeners) listener()
  }, EVERY_MS)
})

/** The bulk runs of this session, oldest first, as they stand to a tenth of a second. */
export function useRuns(): readonly Run[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
}
