import { readFileSync } from 'node:fs'
import type { TestCount } from './steps.ts'

const NONE = { passed: 0, failed: 0 }

/** What vitest's JSON report counted; nothing when it did not get so far. */
export function countUnitTests(report: string): TestCount {
  const counts = read(report) as { numPassedTests: number; numFailedTests: number } | undefined
  return counts ? { passed: counts.numPassedTests, failed: counts.numFailedTests } : NONE
}

/** More tests than these that passed only at the second try are a fault of their own. */
export const MOST_AGAIN = 3

/** What Playwright's JSON report counted, by name what passed only at the second try; nothing when it did not get so far. */
export function countBrowserTests(report: string): TestCount {
  const counts = read(report) as BrowserReport | undefined
  if (!counts) return NONE
  const { expected, unexpected, flaky } = counts.stats
  return { passed: expected + flaky, failed: unexpected, again: (counts.suites ?? []).flatMap(flakyIn) }
}

/** The sum of some counts. */
export function sumOfTests(counts: (TestCount | undefined)[]): TestCount {
  return {
    passed: counts.reduce((sum, count) => sum + (count?.passed ?? 0), 0),
    failed: counts.reduce((sum, count) => sum + (count?.failed ?? 0), 0),
  }
}

interface BrowserReport {
  stats: Record<'expected' | 'unexpected' | 'flaky', number>
  suites?: Suite[]
}
interface Suite {
  file: string
  suites?: Suite[]
  specs?: { title: string; tests: { status: string }[] }[]
}

function flakyIn({ file, suites = [], specs = [] }: Suite): string[] {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
  return [...own.map(({ title }) => `${file} › ${title}`), ...suites.flatMap(flakyIn)]
}

function read(report: string): unknown {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return undefined
  }
}
