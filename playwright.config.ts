import { defineConfig } from '@playwright/test'

// `npm run e2e` finds a browser and names it here; without it, Playwright takes its own.
const { BIGV_CHROMIUM: executablePath, BIGV_E2E_REPORT: outputFile } = process.env

// A Chromium calls home now and then, which disturbs a test and nobody wants of one.
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
]
// Chromium refuses to start as root with its sandbox, and in a container there is often nobody else.
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export default defineConfig({
  testMatch: '**/*.spec.ts',
  // The commands are tested beside their code, the dashboard in a room of its own.
  projects: [
    { name: 'app', testDir: 'e2e' },
    { name: 'commands', testDir: 'tools' },
  ],
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  // A run for the summary (tools/test.ts) leaves its counts in a file.
  reporter: outputFile ? [['dot'], ['json', { outputFile }]] : [['list']],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: { args: [...QUIET, ...AS_ROOT], ...(executablePath && { executablePath }) },
  },
})
