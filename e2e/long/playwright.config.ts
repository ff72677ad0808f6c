import { defineConfig } from '@playwright/test'
import config from '../../playwright.config.ts'

// npm run test:long: huge fleets, long days and the container image; minutes each.
export default defineConfig(config, {
  testDir: '.',
  testIgnore: [],
  projects: [{ name: 'long' }],
  outputDir: '../../test-results',
  workers: 1,
  timeout: 30 * 60_000,
})
