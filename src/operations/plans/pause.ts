/** How long it takes until something that may pass is tried again. */
export const AGAIN_MS = 2_000

/** Resolves after that many ms. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
