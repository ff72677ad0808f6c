const AT_LATEST_MS = 2_000

/** Does the work when the browser has nothing better to do, and after two seconds at the latest; at once where nobody tells. */
export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: AT_LATEST_MS })
  else setTimeout(work, 0)
}
