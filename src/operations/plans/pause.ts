/** The pause before retrying after a temporary failure. */
export const AGAIN_MS = 2_000

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
