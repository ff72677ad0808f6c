import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { REPORTS } from './tools/root.ts'

// These tests keep no state in modules, so all their files share the loaded modules, which saves most of the time. Every
// other test file gets its own modules, so that state (the signed-in user, the operations) can't leak into another file.
const PURE = ['src/{actions,lib,ui}/**/*.test.ts', 'simulator/**/*.test.ts', '{tools,deploy}/**/*.test.ts']
const ALL = ['src/**/*.test.ts', 'simulator/**/*.test.ts', '{tools,deploy}/**/*.test.ts']

export default defineConfig({
  test: {
    // By default, Vitest reserves one core for its main process. That would waste half of a computer with two cores.
    maxWorkers: '100%',
    // A long limit, for a busy computer. On an idle computer, no test takes nearly as long.
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    reporters: ['default', 'json'],
    outputFile: { json: path.join(REPORTS, 'unit.json') },
    projects: [
      { extends: true, test: { name: 'isolated', include: ALL, exclude: PURE } },
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
    ],
  },
})
