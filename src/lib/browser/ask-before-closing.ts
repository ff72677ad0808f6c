/**
 * Makes the browser ask before the page is closed or reloaded while `isNeeded` returns true. Returns a function that removes this check.
 */
export function askBeforeClosing(isNeeded: () => boolean): () => void {
  const ask = (event: Event) => {
    if (isNeeded()) event.preventDefault()
  }
  // Tests in Node.js have no window.
  globalThis.addEventListener?.('beforeunload', ask)
  return () => globalThis.removeEventListener?.('beforeunload', ask)
}
