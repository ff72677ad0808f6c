import type { RunResult } from './run.ts'

/** One line of the summary: what ran, how it ended, how long it took, how many tests it counted. */
export type StepResult = {
  name: string
  outcome: 'passed' | 'FAILED' | 'not run'
  seconds: number
  tests?: TestCount
}

/** How many tests passed and failed. */
export type TestCount = { passed: number; failed: number }

/**
 * Runs one step and takes its time. A step that throws has failed; the reason is printed.
 * @param work resolves to the exit status, 0 for passed
 */
export async function runStep(name: string, work: () => Promise<number>): Promise<StepResult> {
  const start = performance.now()
  let status = 1
  try {
    status = await work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
  const seconds = (performance.now() - start) / 1000
  return { name, outcome: status === 0 ? 'passed' : 'FAILED', seconds }
}

/** Shows what a quiet command said, below its name, and passes on its exit status. */
export function showOutput(name: string, { status, output }: RunResult): number {
  if (output.trim()) console.log(`\n${name}\n${output.trimEnd()}`)
  return status
}

/** A heading in the output of several steps. */
export function heading(name: string): void {
  console.log(`\n=== ${name}`)
}

/** The table that ends a run of several steps. */
export function summaryTable(results: StepResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length))
  const lines = results.map(({ name, outcome, seconds, tests }) => {
    const time = outcome === 'not run' ? '' : `${seconds.toFixed(1)} s`
    const counted = tests ? `  ${tests.passed} passed, ${tests.failed} failed` : ''
    return `${name.padEnd(width)}  ${outcome.padEnd(7)} ${time.padStart(8)}${counted}`.trimEnd()
  })
  return lines.join('\n')
}

/** Whether every step passed. */
export function allPassed(results: StepResult[]): boolean {
  return results.every(({ outcome }) => outcome === 'passed')
}
