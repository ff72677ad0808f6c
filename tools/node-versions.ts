import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './root.ts'

// Runs the tests on several versions of Node.js. Each version has a fresh clone of the last commit, so that nothing built or installed
// with another version is left. Not part of `npm test`, because all tests take 8 minutes per version.

const HELP = `Runs npm ci and npm test on several versions of Node.js, in clones of the last commit.

  npm run test:node                                    the newest 20, 22 and 24
  npm run test:node -- 20.19.0                         other versions
  npm run test:node -- --only check,test:unit,build    only these npm scripts`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: 'test' }, help: { type: 'boolean', default: false } },
})
if (values.help) {
  console.log(HELP)
  process.exit()
}
const versions = positionals.length > 0 ? positionals : ['20', '22', '24']
const scripts = values.only.split(',')

/** Tests one version of Node.js; returns what failed, or null. */
function failureOn(version: string, folder: string): string | null {
  const run = (cwd: string, command: string, ...args: string[]) => {
    // npm is a script for the first node of PATH.
    const PATH = `${path.join(folder, 'node/node_modules/node/bin')}${path.delimiter}${process.env['PATH']}`
    return spawnSync(command, args, { cwd, env: { ...process.env, PATH }, stdio: 'inherit' }).status === 0
  }
  const clone = path.join(folder, 'clone')
  if (!run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--prefix', 'node', `node@${version}`))
    return 'Node.js can’t be installed'
  if (!run(folder, 'git', 'clone', '--quiet', ROOT, clone)) return 'git clone'
  run(clone, 'node', '--version')
  if (!run(clone, 'npm', 'ci')) return 'npm ci'
  const failed = scripts.filter((script) => !run(clone, 'npm', 'run', script))
  return failed.length > 0 ? failed.map((script) => `npm run ${script}`).join(', ') : null
}

const results = versions.map((version) => {
  console.log(`\n=== Node.js ${version} ===`)
  const folder = mkdtempSync(path.join(tmpdir(), `node-${version}-`))
  // As root, nginx and Caddy run as another user, who has to read their test's certificate.
  chmodSync(folder, 0o755)
  const began = performance.now()
  const failure = failureOn(version, folder)
  rmSync(folder, { recursive: true })
  return { version, failure, minutes: (performance.now() - began) / 60_000 }
})

console.log(`\nnpm ci and ${scripts.join(', ')}:`)
for (const { version, failure, minutes } of results)
  console.log(
    `Node.js ${version}: ${failure === null ? 'passed' : `failed (${failure})`} in ${minutes.toFixed(1)} min`,
  )
process.exitCode = results.some(({ failure }) => failure !== null) ? 1 : 0
