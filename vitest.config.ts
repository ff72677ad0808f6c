import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { REPORTS } from './tools/root.ts'

// These modules have no state, so all their test files share one load of them, which saves most of the time. Every other file loads its
// modules again, so that state (the signed-in user, the operations) cannot leak into other tests.
const PURE = ['src/{actions,lib,ui}/**/*.test.ts', 'simulator/**/*.test.ts', '{tools,deploy}/**/*.test.ts']
const ALL = ['src/**/*.test.ts', 'simulator/**/*.test.ts', '{tools,deploy}/**/*.test.ts']

export default defineConfig({
  test: {
    // By default Vitest leaves one core unused, which is half of two.
    maxWorkers: '100%',
    // For a busy computer; no test takes nearly as long on an idle one.
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
