import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { allPassed, runStep, summaryTable } from './steps.ts'
import { countBrowserTests, countUnitTests, sumOfTests } from './test-counts.ts'

test('a step has passed when its status is 0, and failed when it has another or throws', async () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => {})
  const outcomes = await Promise.all([
    runStep('good', () => Promise.resolve(0)),
    runStep('bad', () => Promise.resolve(2)),
    runStep('broken', () => Promise.reject(new Error('why'))),
  ])
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['passed', 'FAILED', 'FAILED'])
  expect(complaint).toHaveBeenCalledWith('why')
  expect(allPassed(outcomes)).toBe(false)
  expect(allPassed(outcomes.slice(0, 1))).toBe(true)
  complaint.mockRestore()
})

test('the summary has a line for each step, and one not run has no time', () => {
  const table = summaryTable([
    { name: 'unit tests', outcome: 'passed', seconds: 12.345, tests: { passed: 3, failed: 0 } },
    { name: 'build', outcome: 'FAILED', seconds: 1 },
    {
      name: 'e2e',
      outcome: 'not run',
      seconds: 0,
      tests: { passed: 1, failed: 0 },
    },
  ])
  expect(table.split('\n')).toEqual([
    'unit tests  passed    12.3 s  3 passed, 0 failed',
    'build       FAILED     1.0 s',
    'e2e         not run           1 passed, 0 failed',
  ])
  expect(allPassed([{ name: 'e2e', outcome: 'not run', seconds: 0 }])).toBe(false)
})

test('tests are counted from the reports, and a missing report counts none', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bigv-reports-'))
  const report = (name: string, content: unknown) => {
    const file = path.join(folder, name)
    writeFileSync(file, JSON.stringify(content))
    return file
  }
  const unit = countUnitTests(report('unit.json', { numPassedTests: 5, numFailedTests: 1 }))
  const browser = countBrowserTests(
    report('e2e.json', {
      stats: { expected: 7, unexpected: 2, flaky: 1, skipped: 4 },
    }),
  )
  expect(unit).toEqual({ passed: 5, failed: 1 })
  expect(browser).toEqual({ passed: 7, failed: 3 })
  expect(sumOfTests([unit, undefined, browser])).toEqual({ passed: 12, failed: 4 })
  expect(countUnitTests(path.join(folder, 'none.json'))).toEqual({ passed: 0, failed: 0 })
  expect(countBrowserTests(path.join(folder, 'none.json'))).toEqual({ passed: 0, failed: 0 })
})
