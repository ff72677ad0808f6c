import { defineConfig } from '@playwright/test'
import path from 'node:path'
import type { WorkerOptions } from './e2e/fixtures.ts'
import { findBrowser, findCaddy } from './tools/programs.ts'
import { REPORTS } from './tools/root.ts'

const executablePath = findBrowser()
// The workers load this file, too, and then need not search again.
if (executablePath) process.env.BIGV_CHROMIUM = executablePath

// Keeps Chromium from calling home, which would disturb the tests.
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
// Chromium does not start as root with its sandbox, and containers often have no other user.
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : []

// Tests with the tag @web-server run again behind each web server of deploy/: nginx, and Caddy if it is installed.
const WEB_SERVERS: WorkerOptions['behind'][] = findCaddy() ? ['nginx', 'caddy'] : ['nginx']

export default defineConfig<object, WorkerOptions>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: ['**/long/**', '**/bench/**'],
  projects: [
    { name: 'app' },
    ...WEB_SERVERS.map((behind) => ({ name: `behind ${behind}`, grep: /@web-server/, use: { behind } })),
  ],
  // Tests spend most of their time waiting, so four run well on two cores.
  workers: 4,
  fullyParallel: true,
  // A test that passes only at the second attempt counts as failed.
  retries: 0,
  timeout: 90_000,
  // For a busy computer; an idle one takes a second or two.
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: path.join(REPORTS, 'e2e.json') }]],
  use: {
    browserName: 'chromium',
    // Each test reuses the previous one's page, emptied: a new context takes as long as loading the dashboard.
    reuseContext: true,
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A trace takes a third more time. To get one: npm run e2e -- --trace retain-on-failure
    trace: 'off',
    screenshot: 'only-on-failure',
    // Without a GPU, a spinner painted sixty times a second needs a whole core.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { args: [...QUIET, ...AS_ROOT], ...(executablePath && { executablePath }) },
  },
})
