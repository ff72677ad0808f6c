import { readFileSync } from 'node:fs'
import type { TestCount } from './steps.ts'

const NONE = { passed: 0, failed: 0 }

/** What vitest's JSON report counted; nothing when it did not get so far. */
export function countUnitTests(report: string): TestCount {
  const counts = read(report) as { numPassedTests: number; numFailedTests: number } | undefined
  return counts ? { passed: counts.numPassedTests, failed: counts.numFailedTests } : NONE
}

/** What Playwright's JSON report counted; nothing when it did not get so far. A test that passed only at its second try has failed. */
export function countBrowserTests(report: string): TestCount {
  const counts = read(report) as BrowserReport | undefined
  if (!counts) return NONE
  const { expected, unexpected, flaky } = counts.stats
  return { passed: expected, failed: unexpected + flaky }
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
}

function read(report: string): unknown {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return undefined
  }
}
