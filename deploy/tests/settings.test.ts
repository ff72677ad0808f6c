import { chmodSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { CERTIFICATE, KEY } from '../../tools/testing/fake-bigv.ts'
import { checkStart, configurationOf } from '../testing/check-start.ts'
import { presentServers } from '../testing/servers.ts'
import { SIGNALS, type ServerName } from '../testing/web-server.ts'

function check(server: ServerName, env: Record<string, string>) {
  const { status, stderr } = checkStart(server, env)
  return { status, stderr }
}

describe.each(presentServers())('%s', (server) => {
  test.each<Record<string, string>>([
    {},
    { BIGV_URL: '' },
    { BIGV_URL: 'https://UK0.bigv.io:8443/brain/' },
    { BIGV_URL: 'https://[2001:db8::1]:8443', BIGV_AUTH_URL: 'http://127.0.0.1:4100' },
    { BIGV_URL: 'http://simulator:4100', BIGV_PLAIN_HTTP: '1' },
    {
      BIGV_SERVER_NAMES: 'localhost bigv.example.com bigv.example.org BIGV.example.com',
      BIGV_TRUSTED_PROXIES: '10.0.0.0/8 2001:db8::/32',
    },
  ])('starts when given %o', (env) => {
    expect(check(server, env)).toMatchObject({ status: 0 })
  })

  const URL_RULE = 'must be an http:// or https:// URL such as https://uk0.bigv.io; it is'
  test.each([
    [{ BIGV_URL: 'uk0.bigv.io' }, `BIGV_URL ${URL_RULE} "uk0.bigv.io".`],
    [{ BIGV_URL: 'ftp://uk0.bigv.io' }, `BIGV_URL ${URL_RULE} "ftp://uk0.bigv.io".`],
    [{ BIGV_URL: ' https://uk0.bigv.io' }, `BIGV_URL ${URL_RULE} " https://uk0.bigv.io".`],
    [{ BIGV_URL: 'https://' }, 'BIGV_URL needs a valid host, with or without a port; it is "https://".'],
    [{ BIGV_URL: 'https://-x' }, 'BIGV_URL needs a valid host, with or without a port; it is "https://-x".'],
    [
      { BIGV_URL: 'https://x:port' },
      'BIGV_URL needs a valid host, with or without a port; it is "https://x:port".',
    ],
    [
      { BIGV_URL: 'https://x/"; }' },
      'BIGV_URL must not contain spaces, quotes or other special characters; it is "https://x/"; }".',
    ],
    [
      { BIGV_URL: 'https://x\n.y' },
      'BIGV_URL must not contain spaces, quotes or other special characters; it is "https://x?.y".',
    ],
    [
      { BIGV_URL: 'https://x/$host' },
      'BIGV_URL must not contain spaces, quotes or other special characters; it is "https://x/$host".',
    ],
    [
      { BIGV_URL: 'https://x/a/../b' },
      'BIGV_URL must not contain the segments "." or ".."; it is "https://x/a/../b".',
    ],
    [{ BIGV_URL: 'https://x?a=b' }, 'BIGV_URL must not have a query or a fragment; it is "https://x?a=b".'],
    [
      { BIGV_URL: 'https://me:hush@x' },
      'BIGV_URL must not contain a username or password. Users enter theirs on the sign-in page.',
    ],
    [
      { BIGV_URL: 'http://uk0.bigv.io' },
      'BIGV_URL must be https://, because credentials are sent there. If the network to uk0.bigv.io is safe, set BIGV_PLAIN_HTTP=1.',
    ],
    [
      { BIGV_AUTH_URL: 'https://x/ y' },
      'BIGV_AUTH_URL must not contain spaces, quotes or other special characters; it is "https://x/ y".',
    ],
    [{ BIGV_PORT: '0' }, 'BIGV_PORT must be a whole number from 1 to 65535; it is "0".'],
    [{ BIGV_PORT: '80 ssl' }, 'BIGV_PORT must be a whole number from 1 to 65535; it is "80 ssl".'],
    [{ BIGV_SERVER_NAMES: 'a;b' }, 'BIGV_SERVER_NAMES must be host names, separated by spaces; it is "a;b".'],
    [
      { BIGV_TRUSTED_PROXIES: 'all' },
      'BIGV_TRUSTED_PROXIES must be addresses or networks, separated by spaces; it is "all".',
    ],
    [{ BIGV_TLS_KEY: '/x' }, 'BIGV_TLS_KEY needs BIGV_TLS_CERTIFICATE, too.'],
    [{ BIGV_TLS_KEY: '/x', BIGV_TLS_CERTIFICATE: '/y' }, 'BIGV_TLS_CERTIFICATE: cannot read /y.'],
    [
      { BIGV_TLS_KEY: CERTIFICATE, BIGV_TLS_CERTIFICATE: CERTIFICATE },
      `BIGV_TLS_KEY: no PRIVATE KEY in PEM format in ${CERTIFICATE}.`,
    ],
    [{ BIGV_CA_FILE: KEY }, `BIGV_CA_FILE: no CERTIFICATE in PEM format in ${KEY}.`],
    [{ BIGV_RUN: '/dev/null/x' }, 'BIGV_RUN: cannot write to /dev/null/x.'],
    [{ BIGV_CA_FILE: '/none' }, 'BIGV_CA_FILE: cannot read /none.'],
    [
      { BIGV_DASHBOARD: '/none' },
      'BIGV_DASHBOARD: no index.html in /none. Run "npm run build" and copy dist there.',
    ],
  ])('refuses %o in one line', (env, line) => {
    expect(check(server, env as Record<string, string>)).toEqual({ status: 1, stderr: `${line}\n` })
  })

  test("leaves a running server's files unchanged with --check", () => {
    const run = mkdtempSync(path.join(tmpdir(), 'bigv-run-'))
    for (const file of ['nginx.conf', 'nginx.pid', 'access.log'])
      writeFileSync(path.join(run, file), 'in use')
    const log = path.join(run, 'new.log')
    expect(check(server, { BIGV_RUN: run, BIGV_ACCESS_LOG: log })).toMatchObject({ status: 0 })
    const files = readdirSync(run)
    expect(files.toSorted()).toEqual(['access.log', 'nginx.conf', 'nginx.pid'])
    for (const file of files) expect(readFileSync(path.join(run, file), 'utf8'), file).toBe('in use')
  })

  test('ends at once if its start script is stopped before it runs the server', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bigv-path-'))
    const stop = SIGNALS[server].stop.slice('SIG'.length)
    const mkdir = path.join(folder, 'mkdir') // both start scripts call mkdir before they run the server
    writeFileSync(mkdir, `#!/bin/sh\nkill -s ${stop} $PPID\n`)
    chmodSync(mkdir, 0o755)
    expect(check(server, { PATH: `${folder}:${process.env.PATH}` })).toEqual({ status: 0, stderr: '' })
  })
})

if (presentServers().includes('caddy')) {
  test('Caddy gets certificates automatically for BIGV_SERVER_NAMES', () => {
    const names = { BIGV_TLS_AUTOMATIC: '1', BIGV_SERVER_NAMES: 'bigv.example.com bigv.example.org' }
    expect(check('caddy', names)).toMatchObject({ status: 0 })
    const { apps } = JSON.parse(configurationOf('caddy', names)) as { apps: unknown }
    expect(apps).toMatchObject({
      http: {
        servers: {
          srv0: {
            listen: ['0.0.0.0:443'],
            listener_wrappers: [{ wrapper: 'http_redirect' }, { wrapper: 'tls' }],
            // TLS clients that name another host, or none, also get the dashboard's answers.
            tls_connection_policies: [{ default_sni: 'bigv.example.com' }],
            routes: [expect.not.objectContaining({ match: expect.anything() })],
          },
        },
      },
      tls: { certificates: { automate: expect.arrayContaining(['bigv.example.com', 'bigv.example.org']) } },
      // Caddy must not change which certificates this computer trusts.
      pki: { certificate_authorities: { local: { install_trust: false } } },
    })
    expect(check('caddy', { BIGV_TLS_AUTOMATIC: '1' })).toEqual({
      status: 1,
      stderr: 'BIGV_TLS_AUTOMATIC needs BIGV_SERVER_NAMES: the names to get certificates for.\n',
    })
  })
}

test('nginx refuses BIGV_TLS_AUTOMATIC', () => {
  expect(check('nginx', { BIGV_TLS_AUTOMATIC: '1', BIGV_SERVER_NAMES: 'bigv.example.com' })).toEqual({
    status: 1,
    stderr:
      'BIGV_TLS_AUTOMATIC works only with Caddy. For nginx, set BIGV_TLS_CERTIFICATE and BIGV_TLS_KEY.\n',
  })
})

test('nginx refuses an access log in a folder that does not exist', () => {
  expect(check('nginx', { BIGV_ACCESS_LOG: '/none/access.log' })).toEqual({
    status: 1,
    stderr: 'BIGV_ACCESS_LOG: no folder /none.\n',
  })
})

test('nginx refuses a BIGV_RESOLVER that is no address', () => {
  expect(check('nginx', { BIGV_RESOLVER: 'dns' })).toEqual({
    status: 1,
    stderr: 'BIGV_RESOLVER must be addresses of DNS servers, separated by spaces; it is "dns".\n',
  })
})
