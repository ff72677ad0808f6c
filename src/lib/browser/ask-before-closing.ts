/** How long a page that the user leaves may still run, until the browser has loaded the next one. */
const LEAVING_MS = 3_000

let leavingUntil = 0

/**
 * For how many ms the page may still be closing; 0 if the browser hasn't just asked the user whether to leave. The browser doesn't tell
 * their answer, and a request that begins meanwhile could be cut off.
 */
export function mayLeaveFor(): number {
  const left = leavingUntil - Date.now()
  // If the clock was set back, more than LEAVING_MS would be left.
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
    // Starts the time again once the user has answered: timers wait while the browser asks.
    setTimeout(noteLeaving)
  }
  // Tests in Node.js have no window.
  globalThis.addEventListener?.('beforeunload', ask)
  return () => globalThis.removeEventListener?.('beforeunload', ask)
}
