import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pageFolder } from '../../tools/testing/fake-bigv.ts'
import type { ServerName } from './web-server.ts'

const dashboard = pageFolder()
const run = mkdtempSync(path.join(tmpdir(), 'bigv-run-'))

/** Runs a server's start script with --check. */
export function checkStart(server: ServerName, env: Record<string, string>) {
  const { status, stderr, stdout } = spawnSync(
    'sh',
    [path.join(import.meta.dirname, '..', server, 'start.sh'), '--check'],
    {
      env: {
        PATH: process.env.PATH,
        BIGV_NGINX: process.env.BIGV_NGINX,
        BIGV_DASHBOARD: dashboard,
        BIGV_RUN: run,
        BIGV_RESOLVER: '127.0.0.1',
        ...env,
      },
      encoding: 'utf8',
    },
  )
  return { status, stderr, stdout }
}

/**
 * The configuration that a server would use: nginx's own, or Caddy's as JSON.
 * @throws an error with the start script's message if the script refuses the settings
 */
export function configurationOf(server: ServerName, env: Record<string, string> = {}): string {
  const printing = path.join(run, 'print-configuration')
  const print = { nginx: `${process.env.BIGV_NGINX ?? 'nginx'} "$@" -T`, caddy: 'shift\ncaddy adapt "$@"' }
  writeFileSync(printing, `#!/bin/sh\n${print[server]}\n`)
  chmodSync(printing, 0o755)
  const { status, stderr, stdout } = checkStart(server, {
    [`BIGV_${server.toUpperCase()}`]: printing,
    ...env,
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
}
