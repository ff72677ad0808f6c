import { defineConfig } from '@playwright/test'
import type { WorkerOptions } from '../fixtures.ts'
import config, { LONG, OTHER_BROWSERS, WEBKIT } from '../../playwright.config.ts'

// npm run test:long: the tests of ../ that are tagged @long, every test in the other browsers, then huge fleets, long days and
// the container image. Those take minutes each, and run one at a time, since each of them needs a core.
const { grepInvert: _, ...common } = config
export default defineConfig<object, WorkerOptions>({
  // Spread, as defineConfig would add these projects to those of the short tests.
  ...common,
  projects: [
    { name: 'app', testDir: '..', grep: LONG },
    ...(WEBKIT ? [{ ...WEBKIT, grep: LONG }] : []),
    ...OTHER_BROWSERS,
    { name: 'long', testDir: '.', testIgnore: [], workers: 1, timeout: 30 * 60_000 },
  ],
  outputDir: '../../test-results',
})
