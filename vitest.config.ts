import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { REPORTS } from './tools/root.ts'

// These tests keep no state in modules, so all files share each loaded module, which saves most of their time. Other files get
// their own modules, so that state (the signed-in user, the operations) can't leak from one to another.
const PURE = ['src/{actions,lib,ui}/**/*.test.ts', 'simulator/**/*.test.ts', '{tools,deploy}/**/*.test.ts']
const ALL = ['src/**/*.test.ts', 'simulator/**/*.test.ts', '{tools,deploy}/**/*.test.ts']

export default defineConfig({
  test: {
    // By default, Vitest leaves one core to itself. Of two, that is half, and it needs little.
    maxWorkers: '100%',
    // Long, for a busy machine. On an idle one, no test takes nearly as long.
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
