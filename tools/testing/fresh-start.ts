import { afterAll, vi } from 'vitest'

// Runs in every file of unit tests that shares its worker (vitest.config.ts). Our modules are loaded again for the next file, as some
// have state, such as the signed-in user and the operations.
afterAll(() => {
  vi.resetModules()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
