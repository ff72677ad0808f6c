const AT_LATEST_MS = 2_000

/** Runs the work when the browser is idle, after two seconds at the latest; at once where the browser cannot say. */
export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: AT_LATEST_MS })
  else setTimeout(work, 0)
}

/** Resolves after so many frames; the element must be on the page. Never in a hidden tab. */
export async function afterFrames(element: Element, frames: number): Promise<void> {
  for (let frame = 0; frame < frames; frame++) {
    await new Promise<void>((resolve) => {
      // Its first callback comes after the next frame.
      const observer = new IntersectionObserver(() => {
        observer.disconnect()
        resolve()
      })
      observer.observe(element)
    })
  }
}
