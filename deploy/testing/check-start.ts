import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pageFolder } from '../../tools/testing/fake-bigv.ts'
import type { ServerName } from './web-server.ts'

const dashboard = pageFolder()
const run = mkdtempSync(path.join(tmpdir(), 'bigv-run-'))

/** Has a server's start script look at the settings, and says what it said: nothing is started. */
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
        BIGV_ACCESS_LOG: path.join(run, 'access.log'), // nginx cannot open what is no file and no terminal
        BIGV_RESOLVER: '127.0.0.1',
        ...env,
      },
      encoding: 'utf8',
    },
  )
  return { status, said: stderr, stdout }
}

/**
 * What a server would run with: nginx's configuration, or Caddy's as JSON.
 * @throws with what the start script said, when it refuses the settings
 */
export function configurationOf(server: ServerName, env: Record<string, string> = {}): string {
  const printing = path.join(run, 'print-configuration')
  writeFileSync(printing, '#!/bin/sh\nshift\nexec caddy adapt "$@"\n')
  chmodSync(printing, 0o755)
  const { status, said, stdout } = checkStart(server, { BIGV_CADDY: printing, ...env })
  if (status !== 0) throw new Error(said)
  return server === 'caddy' ? stdout : readFileSync(path.join(run, 'nginx.conf'), 'utf8')
}
