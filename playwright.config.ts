import { defineConfig } from '@playwright/test'
import path from 'node:path'
import type { WorkerOptions } from './e2e/fixtures.ts'
import { findBrowser, findCaddy } from './tools/programs.ts'
import { REPORTS } from './tools/root.ts'

const executablePath = findBrowser()
// Stored in the environment, so that the workers, which also load this file, needn't search again.
if (executablePath) process.env.BIGV_CHROMIUM = executablePath

// Reuses the previous test's page, emptied: a new context takes as long as loading the dashboard.
process.env.PW_TEST_REUSE_CONTEXT = '1'

// Turn off Chromium's own background requests, which would disturb the tests.
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
// Many containers have only the user root, and as root Chromium starts only without its sandbox.
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : []

// The tests tagged @web-server run again behind each web server of deploy/: nginx, and Caddy if it is installed.
const WEB_SERVERS: WorkerOptions['behind'][] = findCaddy() ? ['nginx', 'caddy'] : ['nginx']

export default defineConfig<object, WorkerOptions>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: ['**/long/**', '**/bench/**'],
  // The same on every system: they are texts.
  snapshotPathTemplate: '{testDir}/{testFileName}-snapshots/{arg}{ext}',
  projects: [
    { name: 'app' },
    ...WEB_SERVERS.map((behind) => ({ name: `behind ${behind}`, grep: /@web-server/, use: { behind } })),
  ],
  // A test mostly waits, so four workers share two cores well.
  workers: 4,
  fullyParallel: true,
  // No retries: a test that passes only on its second try has not passed.
  retries: 0,
  timeout: 90_000,
  // A long limit, for a busy computer. On an idle computer, a second or two is enough.
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: path.join(REPORTS, 'e2e.json') }]],
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    timezoneId: 'UTC',
    // With traces, tests take a third longer. To get a trace: npm run e2e -- --trace retain-on-failure
    trace: 'off',
    screenshot: 'only-on-failure',
    // Without a GPU, painting a spinner 60 times a second would take a whole core.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { args: [...QUIET, ...AS_ROOT], ...(executablePath && { executablePath }) },
  },
})
