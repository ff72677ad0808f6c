import { isActive } from './queue.ts'
import { runs, subscribeRuns } from './runs.ts'

let started = false
let lock: WakeLockSentinel | null = null
let asking = false

/**
 * While a run begins or watches something, keeps the screen awake where the browser can, and has the browser ask before the tab is
 * closed. Call once.
 */
export function keepAwake(): void {
  if (started) return
  started = true
  addEventListener('beforeunload', (event) => {
    if (runs().some(isActive)) event.preventDefault()
  })
  // The browser takes the lock back from a hidden tab.
  document.addEventListener('visibilitychange', () => void follow())
  subscribeRuns(() => void follow())
  void follow()
}

async function follow(): Promise<void> {
  if (!runs().some(isActive)) {
    const held = lock
    lock = null
    await held?.release()
    return
  }
  if (lock !== null || asking || document.hidden || !('wakeLock' in navigator)) return
  asking = true
  try {
    lock = await navigator.wakeLock.request('screen')
    lock.addEventListener('release', () => (lock = null))
  } catch {
    // Refused, as with a low battery: the run goes on all the same.
  } finally {
    asking = false
  }
  if (!runs().some(isActive)) await follow()
}
