/** The pause before a temporary failure is retried. */
export const AGAIN_MS = 2_000

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
