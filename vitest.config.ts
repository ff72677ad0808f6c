import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'simulator/**/*.test.ts', 'tools/**/*.test.ts'],
    // For a busy machine; nothing here takes nearly as long by itself.
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
  },
})
