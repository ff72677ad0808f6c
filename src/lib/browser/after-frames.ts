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
