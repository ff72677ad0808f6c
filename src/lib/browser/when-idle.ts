const AT_LATEST_MS = 2_000

/** Runs the work when the browser is idle, after 2 s at the latest. Browsers without requestIdleCallback run it in the next task. */
export function whenIdle(work: () => void): void {
  // oxlint-disable-next-line browsers/no-newer-features -- checked for
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: AT_LATEST_MS })
  else setTimeout(work, 0)
}

/** Resolves after this many frames, but never in a hidden tab. The element must be on the page. */
export async function afterFrames(element: Element, frames: number): Promise<void> {
  for (let frame = 0; frame < frames; frame++) {
    await new Promise<void>((resolve) => {
      // The observer's first callback comes after the next frame.
      const observer = new IntersectionObserver(() => {
        observer.disconnect()
        resolve()
      })
      observer.observe(element)
    })
  }
}
