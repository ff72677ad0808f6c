/** How long a page that the user leaves may still run, until the browser has loaded the next one. */
const LEAVING_MS = 3_000

let leavingUntil = 0

/**
 * For how long the user may still be leaving, in ms, as the browser has just asked them; otherwise 0. It doesn't say how they answered. A
 * request that begins now could be cut off.
 */
export function mayLeaveFor(): number {
  const left = leavingUntil - Date.now()
  // More is left if the clock was set back.
  return left > LEAVING_MS ? 0 : Math.max(0, left)
}

function noteLeaving(): void {
  leavingUntil = Date.now() + LEAVING_MS
}

/**
 * Makes the browser ask before the page is closed or reloaded while `isNeeded` returns true. Returns a function that removes this check.
 */
export function askBeforeClosing(isNeeded: () => boolean): () => void {
  const ask = (event: Event) => {
    if (!isNeeded()) return
    event.preventDefault()
    noteLeaving()
    // Again after the answer: while the browser asks, timers wait.
    setTimeout(noteLeaving)
  }
  // Tests in Node.js have no window.
  globalThis.addEventListener?.('beforeunload', ask)
  return () => globalThis.removeEventListener?.('beforeunload', ask)
}
