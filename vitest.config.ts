import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { REPORTS } from './tools/root.ts'

// These keep nothing in modules, so one load of every module serves all their files, which saves most of their time. A file that is
// not listed gets modules of its own: one that keeps something (who is signed in, which operations there are) cannot leak into others.
const PURE = ['src/{actions,lib,ui}/**/*.test.ts', 'simulator/**/*.test.ts', '{tools,deploy}/**/*.test.ts']
const ALL = ['src/**/*.test.ts', 'simulator/**/*.test.ts', '{tools,deploy}/**/*.test.ts']

export default defineConfig({
  test: {
    // By itself Vitest spares one core, which of two is half of them; it has little else to do itself.
    maxWorkers: '100%',
    // For a busy machine; nothing here takes nearly as long by itself.
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
