import { pressesIn } from '../../actions/keys.ts'
import { askBeforeClosing } from '../../lib/browser/ask-before-closing.ts'
import { operations, subscribeOperations } from '../store.ts'
import { batches, isActive } from './batch.ts'
import { createBatches } from './create-batches.ts'

let lock: WakeLockSentinel | null = null
let asking = false

/**
 * While this tab sends many requests (a bulk batch, several new machines, key presses), keeps the screen awake where browsers can, and
 * makes the browser ask before the tab is closed. Call once.
 */
export function keepAwake(): void {
  askBeforeClosing(isSending)
  // The browser releases the lock of a hidden tab.
  document.addEventListener('visibilitychange', () => void holdWhileSending())
  batches.subscribe(() => void holdWhileSending())
  createBatches.subscribe(() => void holdWhileSending())
  let was = false
  subscribeOperations(() => {
    // Only when key presses begin or end: other changes of operations are far more frequent.
    if (isSendingPresses() === was) return
    was = !was
    void holdWhileSending()
  })
  void holdWhileSending()
}

function isSending(): boolean {
  return (
    batches.get().some(isActive) ||
    createBatches.get().some(({ state }) => state !== 'ended') ||
    isSendingPresses()
  )
}

function isSendingPresses(): boolean {
  return operations().some((each) => each.phase !== 'ended' && !each.otherTab && pressesIn(each) !== null)
}

async function holdWhileSending(): Promise<void> {
  if (!isSending()) {
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
    // The browser refused the lock, for example because of a low battery. The work continues without it.
  } finally {
    asking = false
  }
  if (!isSending()) await holdWhileSending()
}
