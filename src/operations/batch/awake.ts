import { batches, isActive } from './batch.ts'

let started = false
let lock: WakeLockSentinel | null = null
let asking = false

/** While a batch is active, keeps the screen awake if the browser can, and has the browser ask before the tab is closed. */
export function keepAwake(): void {
  if (started) return
  started = true
  addEventListener('beforeunload', (event) => {
    if (batches.get().some(isActive)) event.preventDefault()
  })
  // The browser releases the lock of a hidden tab.
  document.addEventListener('visibilitychange', () => void holdWhileActive())
  batches.subscribe(() => void holdWhileActive())
  void holdWhileActive()
}

async function holdWhileActive(): Promise<void> {
  if (!batches.get().some(isActive)) {
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
    // Refused, for example because of a low battery: the batch continues anyway.
  } finally {
    asking = false
  }
  if (!batches.get().some(isActive)) await holdWhileActive()
}
