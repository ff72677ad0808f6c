import { runTool } from './run.ts'
import { runStep, showOutput, type StepResult } from './steps.ts'

const CHECKS = [
  { name: 'types', script: 'typescript/bin/tsc', args: [] },
  { name: 'lint', script: 'oxlint/bin/oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', script: 'oxfmt/bin/oxfmt', args: ['--check'] },
  { name: 'unused code', script: 'knip/bin/knip.js', args: [] },
]

/** Types, lint, format and unused code, side by side; the output of each is shown whole when it is done. */
export function runChecks(): Promise<StepResult[]> {
  return Promise.all(
    CHECKS.map(({ name, script, args }) =>
      runStep(name, async () => showOutput(name, await runTool(script, args, { quiet: true }))),
    ),
  )
}
