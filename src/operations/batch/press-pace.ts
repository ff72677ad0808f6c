import { findOperation, updateOperation } from '../store.ts'

/** Presses that are on their way, by the operation's key: what ends their pause, once they are to stop. */
const running = new Map<string, { stopping: boolean; wake: () => void }>()

/** Stops presses of this tab after the one that is being sent, if one is. Those of other tabs are for them to stop. */
export function stopPresses(key: string): void {
  const run = running.get(key)
  if (run === undefined) return
  run.stopping = true
  updateOperation(key, { note: 'Stops after the press that is being sent.' })
  run.wake()
}

/** Whether these presses can be stopped here. */
export function isStoppable(key: string): boolean {
  return running.get(key)?.stopping === false
}

/** Whether no more of these presses are to be sent. */
export function isStopping(key: string): boolean {
  return running.get(key)?.stopping === true || findOperation(key)?.phase === 'ended'
}

/** Runs what sends the presses. Until it is over, the browser asks before it lets the tab go: a text would end in its middle. */
export async function whileSending(key: string, send: () => Promise<void>): Promise<void> {
  running.set(key, { stopping: false, wake: () => {} })
  if (running.size === 1) globalThis.addEventListener?.('beforeunload', askFirst)
  try {
    await send()
  } finally {
    running.delete(key)
    if (running.size === 0) globalThis.removeEventListener?.('beforeunload', askFirst)
  }
}

/** Resolves at that time, ms since 1970, or as soon as the presses are to stop. */
export function pauseUntil(key: string, at: number): Promise<void> {
  const run = running.get(key)
  const wait = at - Date.now()
  if (run === undefined || run.stopping || wait <= 0) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, wait)
    run.wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

function askFirst(event: Event): void {
  event.preventDefault()
}
