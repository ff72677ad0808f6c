import { defineConfig } from 'vitest/config'

// These keep what they know in modules (who is signed in, what is under way): each file gets modules of its own.
const WITH_STATE = [
  'src/*.test.ts',
  'src/{api,operations,session}/**/*.test.ts',
  'src/components/notify/**/*.test.ts',
]
const ALL = ['src/**/*.test.ts', 'simulator/**/*.test.ts', '{tools,deploy}/**/*.test.ts']

export default defineConfig({
  test: {
    // By itself Vitest spares one core, which of two is half of them; it has little else to do itself.
    maxWorkers: '100%',
    // For a busy machine; nothing here takes nearly as long by itself.
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      { extends: true, test: { name: 'with state', include: WITH_STATE } },
      // The others load every module once for all their files, which saves most of their time.
      { extends: true, test: { name: 'without', include: ALL, exclude: WITH_STATE, isolate: false } },
    ],
  },
})
