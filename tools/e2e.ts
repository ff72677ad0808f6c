import { machineProbes } from './browser-probes.ts'
import { buildIfStale } from './build.ts'
import { findBrowser } from './find-browser.ts'
import { findNginx } from './find-nginx.ts'
import { SHORT_PROJECTS } from './projects.ts'
import { ROOT, runTool } from './run.ts'
import { serverProbes } from './server-probes.ts'
import { StartError } from './start-error.ts'

// npm run e2e: the tests in a browser. Arguments go to Playwright: npm run e2e -- sign-in --headed
// npm run test:long is the same for the long ones.

const args = process.argv.slice(2)
const projects = args.some((arg) => arg.startsWith('--project')) ? [] : SHORT_PROJECTS

try {
  const browser = await findBrowser(machineProbes())
  await buildIfStale(ROOT, (line) => console.log(line))
  if (projects.length > 0) process.env.BIGV_NGINX = await findNginx(serverProbes())
  const { status } = await runTool('@playwright/test/cli.js', ['test', ...projects, ...args], {
    env: { BIGV_CHROMIUM: browser },
  })
  process.exitCode = status
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
