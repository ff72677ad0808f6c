import { chromium } from '@playwright/test'
import { existsSync } from 'node:fs'
import type { Probes } from './find-browser.ts'
import { onPath } from './on-path.ts'
import { run, runTool } from './run.ts'

const START_LIMIT_MS = 30_000
// A download that is blocked by a firewall may hang for ever.
const INSTALL_LIMIT_MS = 5 * 60_000

/** This machine, for `findBrowser`. */
export function machineProbes(): Probes {
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    isDebian: existsSync('/etc/debian_version'),
    ownBrowser: chromium.executablePath(),
    wanted: process.env.BIGV_CHROMIUM,
    onPath: (command) => onPath(command),
    starts: async (file) =>
      existsSync(file) &&
      // Chrome for Windows opens a window instead of printing its version.
      (process.platform === 'win32' ||
        (await run(file, ['--version'], { quiet: true, timeout: START_LIMIT_MS })).status === 0),
    installOwn: () =>
      runTool('@playwright/test/cli.js', ['install', 'chromium'], { timeout: INSTALL_LIMIT_MS }),
    aptGet: (args) =>
      run('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeout: INSTALL_LIMIT_MS }),
    say: (line) => console.log(line),
  }
}
