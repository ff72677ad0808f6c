import { existsSync } from 'node:fs'
import type { NginxProbes } from './find-nginx.ts'
import { onPath } from './on-path.ts'
import { run } from './run.ts'

const INSTALL_LIMIT_MS = 5 * 60_000

/** This machine, for `findNginx`. */
export function serverProbes(): NginxProbes {
  return {
    isRoot: process.getuid?.() === 0,
    isDebian: existsSync('/etc/debian_version'),
    wanted: process.env.BIGV_NGINX,
    // Debian has it among the programs of the administrator.
    onPath: (command) => onPath(command, ['/usr/sbin', '/usr/local/sbin']),
    aptGet: (args) =>
      run('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeout: INSTALL_LIMIT_MS }),
    stopService: (name) => run('systemctl', ['disable', '--now', name], { quiet: true, timeout: 60_000 }),
    say: (line) => console.log(line),
  }
}
