const AT_LATEST_MS = 2_000

/** Does the work when the browser has nothing better to do, and after two seconds at the latest; at once where nobody tells. */
export function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(work, { timeout: AT_LATEST_MS })
  else setTimeout(work, 0)
}

/** Resolves when the browser has drawn that many frames more; the element is on the page. A hidden tab draws none, and rests. */
export async function afterFrames(element: Element, frames: number): Promise<void> {
  for (let frame = 0; frame < frames; frame++) {
    await new Promise<void>((resolve) => {
      // It tells of what it is told to observe once, after the next frame.
      const observer = new IntersectionObserver(() => {
        observer.disconnect()
        resolve()
      })
      observer.observe(element)
    })
  }
}
