/** Has the browser ask before the page is closed or reloaded, as long as this is so. Returns the function that ends it. */
export function askBeforeClosing(isNeeded: () => boolean): () => void {
  const ask = (event: Event) => {
    if (isNeeded()) event.preventDefault()
  }
  // Tests in Node.js have no page.
  globalThis.addEventListener?.('beforeunload', ask)
  return () => globalThis.removeEventListener?.('beforeunload', ask)
}
