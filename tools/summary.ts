import type { JSONReport, JSONReportSpec, JSONReportSuite } from '@playwright/test/reporter'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { findCaddy, findFirefox, findWebKit } from './programs.ts'
import { REPORTS, ROOT } from './root.ts'

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
  notRun.push(
    `${countLong()} browser tests: rarer cases, all tests in Firefox, huge fleets, the image (npm run test:long)`,
  )
}
if (runs.has('e2e')) {
  const { stats, suites } = read('e2e') as JSONReport
  console.log(`${stats.expected} browser tests passed.`)
  const skipped = suites
    .flatMap(specsIn)
    .flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'skipped')
        .map(
          ({ annotations }) =>
            `${title} ${annotations.find(({ type }) => type === 'skip')?.description ?? ''}`,
        ),
    )
  notRun.push(...skipped)
  for (const [name, find] of [
    ['Firefox', findFirefox],
    ['WebKit', findWebKit],
  ] as const)
    if (!find())
      notRun.push(`the tests in ${name}, which is not installed (npm run setup installs it on Debian)`)
}
for (const line of notRun) console.log(`NOT RUN: ${line}`)

/** How many tests npm run test:long has. */
function countLong(): number {
  const list = ['test', '--config', 'e2e/long', '--list', '--reporter', 'json']
  const { suites } = JSON.parse(
    execFileSync('playwright', list, { cwd: ROOT, encoding: 'utf8' }),
  ) as JSONReport
  return suites.flatMap(specsIn).length
}

function specsIn({ specs, suites = [] }: JSONReportSuite): JSONReportSpec[] {
  return [...specs, ...suites.flatMap(specsIn)]
}
