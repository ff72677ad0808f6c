import { defineConfig, type Project } from '@playwright/test'
import path from 'node:path'
import { firefoxOptions } from './e2e/firefox.ts'
import type { WorkerOptions } from './e2e/fixtures.ts'
import { findBrowser, findCaddy, findFirefox, findPlaywrightWebKit, findWebKit } from './tools/programs.ts'
import { REPORTS, ROOT } from './tools/root.ts'

const executablePath = findBrowser()
// Stored in the environment, so that the workers, which also load this file, needn't search again.
if (executablePath) process.env.BIGV_CHROMIUM = executablePath
const firefoxPath = findFirefox()
if (firefoxPath) process.env.BIGV_FIREFOX = firefoxPath

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

/** Marks the tests of rarer cases (CONTRIBUTING.md#tests). */
export const LONG = /@long/

// The tests tagged @web-server run again behind each web server of deploy/: nginx, and Caddy if it is installed.
const WEB_SERVERS: WorkerOptions['behind'][] = findCaddy() ? ['nginx', 'caddy'] : ['nginx']

/** WebKitGTK has one window for all its tests, which run in turn: starting it takes as long as two of them. */
export const WEBKIT = findWebKit()
  ? { name: 'webkit', testDir: path.join(ROOT, 'e2e/webkit'), testIgnore: [], workers: 1 }
  : null

const EVERY_TEST = { testDir: path.join(ROOT, 'e2e'), grepInvert: [] }
const PLAYWRIGHT_WEBKIT = { browserName: 'webkit', launchOptions: {} } as const

/** Every test in the other browsers: for npm run test:long, and for --project with a browser's name. */
export const OTHER_BROWSERS: Project<object, WorkerOptions>[] = [
  ...(firefoxPath ? [{ name: 'firefox', use: firefoxOptions(firefoxPath), ...EVERY_TEST }] : []),
  ...(findPlaywrightWebKit() ? [{ name: 'playwright-webkit', use: PLAYWRIGHT_WEBKIT, ...EVERY_TEST }] : []),
]

/** npm test runs only the main jobs in another browser. */
function mainJobsUnlessWanted(browser: Project<object, WorkerOptions>): Project<object, WorkerOptions> {
  const { name = '', use = {} } = browser
  const isWanted = process.argv.some((argument) => argument === name || argument === `--project=${name}`)
  // Starting Firefox takes longer than a test, so a single worker runs these.
  return isWanted ? browser : { name, use, grep: /@firefox/, workers: 1 }
}

export default defineConfig<object, WorkerOptions>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: ['**/long/**', '**/bench/**', '**/webkit/**'],
  // Only npm run test:long runs these.
  grepInvert: LONG,
  // The same on every system: they are texts.
  snapshotPathTemplate: '{testDir}/{testFileName}-snapshots/{arg}{ext}',
  projects: [
    // First, as each of them runs on a single worker.
    ...(WEBKIT ? [WEBKIT] : []),
    ...OTHER_BROWSERS.map(mainJobsUnlessWanted),
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
