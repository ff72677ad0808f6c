import { defineConfig } from '@playwright/test'
import path from 'node:path'
import type { WorkerOptions } from './e2e/fixtures.ts'
import { findBrowser, findCaddy } from './tools/programs.ts'
import { REPORTS } from './tools/root.ts'

const executablePath = findBrowser()
// The workers read this file, too, and need not look for it again.
if (executablePath) process.env.BIGV_CHROMIUM = executablePath

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
const WEB_SERVERS: WorkerOptions['behind'][] = findCaddy() ? ['nginx', 'caddy'] : ['nginx']

export default defineConfig<object, WorkerOptions>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: ['**/long/**', '**/bench/**'],
  projects: [
    { name: 'app' },
    ...WEB_SERVERS.map((behind) => ({ name: `behind ${behind}`, grep: /@web-server/, use: { behind } })),
  ],
  // A test waits for much of its time, so that four share two cores well.
  workers: 4,
  fullyParallel: true,
  // A test that passes only at its second try does not count as passed.
  retries: 0,
  timeout: 90_000,
  // For a busy machine: what is to be seen is seen within a second or two by itself.
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: path.join(REPORTS, 'e2e.json') }]],
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
