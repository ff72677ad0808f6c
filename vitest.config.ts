import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { REPORTS, ROOT } from './tools/root.ts'

const ALL = ['src', 'simulator', 'tools', 'deploy'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.posix.join(folder, file.replaceAll('\\', '/'))),
)
const MOCKING = ALL.filter((file) => /\bvi\.(?:doM|m)ock\(/.test(readFileSync(path.join(ROOT, file), 'utf8')))

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
      // These files share their workers and the loaded packages, which saves a third of the time. After each file,
      // tools/testing/fresh-start.ts resets our own modules, so that state can't leak into another file.
      {
        extends: true,
        test: {
          name: 'shared',
          include: ALL,
          exclude: MOCKING,
          isolate: false,
          setupFiles: './tools/testing/fresh-start.ts',
        },
      },
      // A shared worker would keep their mocks for the files after them.
      { extends: true, test: { name: 'mocking', include: MOCKING } },
    ],
  },
})
