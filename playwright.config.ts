import { defineConfig } from '@playwright/test'
import type { WorkerOptions } from './e2e/fixtures.ts'
import { onPath } from './tools/on-path.ts'

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

// The tests of the tag run once more behind each web server of deploy/: nginx, and Caddy where it is there.
const WEB_SERVERS: WorkerOptions['behind'][] = onPath('caddy') ? ['nginx', 'caddy'] : ['nginx']

export default defineConfig<object, WorkerOptions>({
  testMatch: '**/*.spec.ts',
  // The commands are tested beside their code, the dashboard in a room of its own.
  projects: [
    { name: 'app', testDir: 'e2e', testIgnore: ['**/long/**', '**/bench/**'] },
    { name: 'commands', testDir: 'tools' },
    ...WEB_SERVERS.map((behind) => ({
      name: `behind ${behind}`,
      testDir: 'e2e',
      grep: /@web-server/,
      use: { behind },
    })),
    // Minutes each, with huge fleets and long days: npm run test:long.
    { name: 'long', testDir: 'e2e/long', timeout: 30 * 60_000 },
  ],
  // A test waits for much of its time, so that four share two cores well.
  workers: 4,
  fullyParallel: true,
  // A test that passes only at its second try does not count as passed.
  retries: 0,
  timeout: 90_000,
  // For a busy machine: what is to be seen is seen within a second or two by itself.
  expect: { timeout: 15_000 },
  // A run for the summary (tools/test.ts) leaves its counts in a file.
  reporter: outputFile ? [['dot'], ['json', { outputFile }]] : [['list'], ['./tools/not-run-reporter.ts']],
  use: {
    browserName: 'chromium',
    // A test gets the page of the one before it, emptied: a fresh context costs as much as loading the dashboard.
    reuseContext: true,
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A trace costs a third of the time: ask for it where it is wanted, npm run e2e -- --trace retain-on-failure
    trace: 'off',
    screenshot: 'only-on-failure',
    // A spinner that is painted sixty times a second in software takes a core from the tests.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { args: [...QUIET, ...AS_ROOT], ...(executablePath && { executablePath }) },
  },
})
