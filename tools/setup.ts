import { spawnSync } from 'node:child_process'
import { findBrowser, findCaddy, findCurl, findFirefox, findNginx, findWebKit } from './programs.ts'

// npm run setup, the first step of npm test: installs the browser and the web servers for the tests, if they are missing.
// It prints its commands. It never starts, stops or disables a service. (Debian's packages enable their services from the
// next boot on.)

/** A program that the tests need, and commands that may install it. They are tried in order until the program is there. */
type Need = {
  name: string
  find: () => unknown
  commands: string[][]
  /** if the program is missing, its tests don't run, and npm test says so */
  optional?: boolean
}

const apt = (...names: string[]) => ['apt-get', 'install', '-y', '--no-install-recommends', ...names]
const UPDATE = ['apt-get', 'update']

const NEEDS: Need[] = [
  {
    name: 'Chromium',
    find: findBrowser,
    // Debian has both packages, Ubuntu only the second. Either package may also install the libraries that Playwright's own
    // Chromium lacks.
    commands: [
      ['npx', 'playwright', 'install', 'chromium'],
      UPDATE,
      apt('chromium-headless-shell'),
      apt('chromium'),
    ],
  },
  { name: 'Firefox', find: findFirefox, commands: [UPDATE, apt('firefox-esr')], optional: true },
  { name: 'nginx', find: findNginx, commands: [UPDATE, apt('nginx-light')] },
  // For the tests that run copied curl commands.
  { name: 'curl', find: findCurl, commands: [UPDATE, apt('curl')], optional: true },
  { name: 'Caddy', find: findCaddy, commands: [UPDATE, apt('caddy')], optional: true },
  {
    name: 'WebKit',
    find: findWebKit,
    commands: [UPDATE, apt('webkit2gtk-driver', 'xvfb')],
    optional: true,
  },
]

/**
 * Installs the missing programs.
 * @param run runs a command, and waits until it ends
 * @returns the names of the required programs that are still missing
 */
export function install(
  needs: readonly Need[],
  run: (command: string[]) => void,
  log: (line: string) => void,
): string[] {
  for (const { name, find, commands } of needs) {
    if (find()) continue
    log(`${name} is missing. Trying to install it …`)
    for (const command of commands) {
      log(`$ ${command.join(' ')}`)
      run(command)
      if (find()) break
    }
  }
  return needs.filter(({ find, optional }) => !optional && !find()).map(({ name }) => name)
}

// A download that a firewall blocks may hang forever.
const LIMIT_MS = 5 * 60_000
// Keeps Debian's packages from starting their servers, with systemd and without.
const START_NOTHING = { SYSTEMD_OFFLINE: '1', RUNLEVEL: '1' }

function run([command = '', ...args]: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', ...START_NOTHING }
  const { error } = spawnSync(command, args, {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: LIMIT_MS,
  })
  if (error) console.log(error.message)
}

if (process.argv[1] === import.meta.filename) {
  const missing = install(NEEDS, run, (line) => console.log(line))
  if (missing.length > 0) {
    console.error(`
Couldn't install ${missing.join(' and ')}. The tests need it. Install it with your package manager (on Debian, as root:
apt-get install chromium nginx-light), or set BIGV_CHROMIUM or BIGV_NGINX to the path of one that is installed.`)
    process.exitCode = 1
  }
}
