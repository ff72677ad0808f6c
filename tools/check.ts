import { runChecks } from './checks.ts'
import { allPassed, summaryTable } from './steps.ts'

// npm run check: what can be known without running anything.

const results = await runChecks()
console.log(`\n${summaryTable(results)}`)
process.exitCode = allPassed(results) ? 0 : 1
