import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { findCaddy, findFirefox } from './programs.ts'
import { REPORTS } from './root.ts'

// The end of npm test and npm run test:long, if all tests passed: prints how many tests passed, and which did not run, so
// that nobody thinks all of them passed. The arguments are the kinds of tests that ran: unit, e2e.

type UnitReport = {
  numPassedTests: number
  testResults: { assertionResults: { fullName: string; status: string }[] }[]
}

const read = (name: string): unknown => JSON.parse(readFileSync(path.join(REPORTS, `${name}.json`), 'utf8'))
const runs = new Set(process.argv.slice(2))
const notRun: string[] = []

if (runs.has('unit')) {
  const { numPassedTests, testResults } = read('unit') as UnitReport
  const skipped = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => !['passed', 'failed'].includes(status)),
  )
  console.log(`${numPassedTests} unit tests passed.`)
  notRun.push(...skipped.map(({ fullName }) => fullName))
  if (!findCaddy()) notRun.push('all tests behind Caddy, which is not installed (npm run setup installs it)')
  notRun.push('huge fleets, long days and the container image (npm run test:long runs them)')
}
if (runs.has('e2e')) {
  const { stats, suites } = read('e2e') as JSONReport
  console.log(`${stats.expected} browser tests passed.`)
  notRun.push(...suites.flatMap(skippedIn))
  if (!findFirefox())
    notRun.push('all tests in Firefox, which is not installed (npm run setup installs it on Debian)')
}
for (const line of notRun) console.log(`NOT RUN: ${line}`)

function skippedIn({ specs, suites = [] }: JSONReportSuite): string[] {
  const own = specs.flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(
        ({ annotations }) => `${title} ${annotations.find(({ type }) => type === 'skip')?.description ?? ''}`,
      ),
  )
  return [...own, ...suites.flatMap(skippedIn)]
}
