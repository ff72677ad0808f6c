import { defineConfig } from '@playwright/test'
import config, { LONG } from '../../playwright.config.ts'

// npm run test:long: first the tests of ../ that are tagged @long, in minutes. Then huge fleets, long days and the container
// image, minutes each, and one at a time, since each of them needs a core.
const { grepInvert: _, ...common } = config
export default defineConfig({
  // Spread, as defineConfig would add these projects to those of the short tests.
  ...common,
  projects: [
    { name: 'app', testDir: '..', grep: LONG },
    { name: 'long', testDir: '.', testIgnore: [], workers: 1, timeout: 30 * 60_000 },
  ],
  outputDir: '../../test-results',
})
