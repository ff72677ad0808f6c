import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { findBrowser } from '../../tools/programs.ts'
import { ROOT } from '../../tools/root.ts'
import { startBrowser } from './browser.ts'
import { measure, type Figures } from './measure.ts'
import { tableOf, type Visits } from './report.ts'
import { SITES, startFleet } from './servers.ts'

// npm run bench: compares the dashboard with a hand-written page. Prints a table and writes the figures to test-results/bench.json.
// --rounds 10: more visits of each; --machines 50,1000: other fleets; --slow 4: with a processor slowed down by this factor;
// --docs: also writes the table to docs/performance.md.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    machines: { type: 'string', default: '50,1000,10000' },
    slow: { type: 'string', default: '1' },
    docs: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const slowdown = Number(values.slow)
const sizes = values.machines.split(',').map(Number)
if (![rounds, slowdown, ...sizes].every((number) => Number.isInteger(number) && number > 0)) {
  console.error('--rounds and --slow take a number, --machines numbers separated by commas.')
  process.exit(2)
}

const executable = findBrowser()
if (!executable) throw new Error('No Chromium found. Run npm run setup.')
const browser = await startBrowser(executable)
const fleets = await Promise.all(sizes.map(startFleet))
const visits: Visits = { dashboard: new Map(), 'by hand': new Map() }
const about = describeRun(browser.version)
for (let round = 0; round < rounds; round++) {
  for (const fleet of fleets) {
    // Alternating, so that other load on the computer and its warm-up affect both.
    const order = round % 2 === 0 ? SITES : SITES.toReversed()
    for (const site of order) {
      const figures: Figures = await measure(browser, fleet, site, slowdown)
      visits[site].set(fleet.machines, [...(visits[site].get(fleet.machines) ?? []), figures])
    }
  }
  console.log(`Round ${round + 1} of ${rounds} done.`)
}
await browser.close()
for (const fleet of fleets) await fleet.close()

const report = `${about}\n\n${tableOf(visits, sizes)}`
console.log(`\n${report}`)
const file = path.join(ROOT, 'test-results/bench.json')
mkdirSync(path.dirname(file), { recursive: true })
const figures = Object.fromEntries(SITES.map((site) => [site, Object.fromEntries(visits[site])]))
writeFileSync(file, JSON.stringify({ about, figures }, null, 1))
console.log(`\nEach visit's figures: ${path.relative(ROOT, file)}`)
if (values.docs) writeToDocs(report)

function describeRun(version: string): string {
  const [cpu] = os.cpus()
  const date = new Date().toISOString().slice(0, 10)
  return `Medians of ${rounds} visits each, alternating, on ${os.cpus().length} cores (${cpu?.model.trim()})${slowdown === 1 ? '' : `, slowed down ${slowdown} ×`}, load ${os.loadavg()[0]?.toFixed(1)}, Chromium ${version}, ${date}. “by hand”: the page in \`e2e/bench/page\`.`
}

function writeToDocs(text: string): void {
  const page = path.join(ROOT, 'docs/performance.md')
  const before = readFileSync(page, 'utf8')
  const after = before.replace(
    /(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/,
    (_, begin: string, end: string) => `${begin}\n${text}\n${end}`,
  )
  if (after === before) throw new Error('docs/performance.md has no place for the table.')
  writeFileSync(page, after)
}
