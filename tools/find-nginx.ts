import { StartError } from './start-error.ts'

/** What finding nginx needs to know of the machine, and may do to it. */
export type NginxProbes = {
  isRoot: boolean
  /** has apt-get, so that packages can be installed by root */
  isDebian: boolean
  /** the path that was asked for by name, in BIGV_NGINX */
  wanted: string | undefined
  /** the full path of a command, when it is on the PATH or where Debian has it */
  onPath: (command: string) => string | undefined
  /** runs apt-get; its output is shown */
  aptGet: (args: string[]) => Promise<unknown>
  /** stops a service that a package has started, if there is one */
  stopService: (name: string) => Promise<unknown>
  say: (line: string) => void
}

const ADVICE = [
  'No nginx was found, and none could be installed. The tests serve the dashboard through one. Do one of these, then start again:',
  '  install nginx with the package manager of this machine (Debian: nginx-light)',
  '  set BIGV_NGINX to the path of an nginx',
].join('\n')

/**
 * Finds an nginx for the tests of deploy/, else installs Debian's.
 * @returns the path of its program
 * @throws StartError with what to do, when there is none and none could be installed
 */
export async function findNginx({
  isRoot,
  isDebian,
  wanted,
  onPath,
  aptGet,
  stopService,
  say,
}: NginxProbes): Promise<string> {
  if (wanted) return wanted
  const present = onPath('nginx')
  if (present) return present
  if (isRoot && isDebian) {
    say('No nginx was found. Installing one with apt-get …')
    await aptGet(['update'])
    await aptGet(['install', '-y', '--no-install-recommends', 'nginx-light'])
    await stopService('nginx') // the tests start their own
    const installed = onPath('nginx')
    if (installed) return installed
  }
  throw new StartError(ADVICE)
}
