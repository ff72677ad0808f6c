import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { machineProbes } from './browser-probes.ts'
import { checkBudget } from './budget.ts'
import { runChecks } from './checks.ts'
import { findBrowser } from './find-browser.ts'
import { findNginx } from './find-nginx.ts'
import { SHORT_PROJECTS } from './projects.ts'
import { ROOT, runTool } from './run.ts'
import { serverProbes } from './server-probes.ts'
import { allPassed, heading, runStep, summaryTable, type StepResult } from './steps.ts'
import { countBrowserTests, countUnitTests, sumOfTests } from './test-counts.ts'

// npm test: everything, with a summary at the end. A failure stops only what cannot go on without what failed.

const REPORTS = path.join(ROOT, 'node_modules/.cache/bigv-dashboard')
const UNIT_REPORT = path.join(REPORTS, 'unit.json')
const E2E_REPORT = path.join(REPORTS, 'e2e.json')

const results: StepResult[] = []
for (const report of [UNIT_REPORT, E2E_REPORT]) rmSync(report, { force: true })
mkdirSync(REPORTS, { recursive: true })

heading('types, lint, format, unused code')
results.push(...(await runChecks()))

heading('nginx')
const nginx = await runStep('nginx', async () => {
  process.env.BIGV_NGINX = await findNginx(serverProbes())
  return 0
})
results.push(nginx)

heading('unit tests')
const unit = await runStep('unit tests', async () => {
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`]
  return (await runTool('vitest/vitest.mjs', ['run', '--allowOnly=false', ...reporters])).status
})
results.push({ ...unit, tests: countUnitTests(UNIT_REPORT) })

heading('build')
const build = await runStep('build', async () => (await runTool('vite/bin/vite.js', ['build'])).status)
results.push(build)

if (build.outcome === 'passed') {
  heading('byte budget')
  const budget = await runStep('byte budget', () => {
    const faults = checkBudget()
    for (const fault of faults) console.error(fault)
    return Promise.resolve(faults.length)
  })
  results.push(budget)

  heading('e2e')
  const e2e = await runStep('e2e', async () => {
    const env = { BIGV_CHROMIUM: await findBrowser(machineProbes()), BIGV_E2E_REPORT: E2E_REPORT }
    return (await runTool('@playwright/test/cli.js', ['test', '--forbid-only', ...SHORT_PROJECTS], { env }))
      .status
  })
  results.push({ ...e2e, tests: countBrowserTests(E2E_REPORT) })
} else {
  for (const name of ['byte budget', 'e2e']) results.push({ name, outcome: 'not run', seconds: 0 })
}

const passed = allPassed(results)
const total = sumOfTests(results.map(({ tests }) => tests))
const seconds = Math.round(performance.now() / 1000)
console.log(`\n${summaryTable(results)}\n\n${passed ? 'Everything passed' : 'FAILED'}, after ${seconds} s.`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = passed ? 0 : 1
