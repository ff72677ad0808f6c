import * as fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import type { ActionName } from '../../actions/index.ts'
import type { PlannedRequest } from '../../actions/requests.ts'
import { PATH, REF } from '../../api/testing/machines.ts'
import { anyText } from '../../lib/testing/any-text.ts'
import { operation } from '../testing/samples.ts'
import { clientLine, curlLines } from './record.ts'

const target = { ...REF, id: 7, name: 'web' }

test.each([
  ['start', 'bytemark start server web.default.acme'],
  ['stop', 'bytemark stop server web.default.acme'],
  ['reset', 'bytemark reset server web.default.acme'],
  ['shut_down', 'bytemark shutdown server web.default.acme'],
  ['restart', 'bytemark restart server web.default.acme'],
  ['delete', 'bytemark delete server web.default.acme'],
  ['purge', 'bytemark delete server --purge web.default.acme'],
  ['undelete', 'bytemark restore server web.default.acme'],
  ['rescue', 'bytemark restart server --rescue web.default.acme'],
  ['create_group', 'bytemark add group web.acme'],
  ['delete_group', 'bytemark delete group web.acme'],
  ['reboot', null],
  ['send_keys', null],
  ['reimage', null],
] as const)('the action %s is copied as the command “%s”', (action, line) => {
  expect(clientLine(operation({ action, target }))).toBe(line)
})

const named = (name: string) => clientLine({ action: 'start', target: { ...target, name } })

test('a command quotes unusual names, and is missing if the client would misread the name', () => {
  expect(named("a b'c")).toBe(`bytemark start server 'a b'\\''c.default.acme'`)
  expect(named('db.prod')).toBeNull()
  expect(named('--help')).toBeNull()
  expect(named('')).toBeNull()
})

test('no command is offered for a name of digits, which the client or BigV would take for an id', () => {
  expect(named('77')).toBeNull()
  expect(named('+77')).toBeNull()
  expect(named('77a')).toBe('bytemark start server 77a.default.acme')
  expect(clientLine({ action: 'start', target: { ...target, group: '5' } })).toBeNull()
  expect(clientLine({ action: 'delete_group', target: { ...target, name: '5' } })).toBeNull()
  const other = { ...sent('/ips/swap_virtual_machine_ips', {}), also: { ...REF, id: 8, name: '77' } }
  expect(clientLine({ action: 'swap_ips', target, ...other })).toBeNull()
  const expects = { level: 'vm_admin', username: '5', on: 'web' }
  const grant = sent('/users/5/privileges', {})
  expect(clientLine({ action: 'grant_privilege', target, expects, ...grant })).toBeNull()
})

const sent = (path: string, body: unknown) => ({ steps: [{ method: 'POST', path, body, trace: null }] })
const also = { ...REF, id: 8, name: 'db' }

test.each([
  [
    'add_disc',
    sent(`${PATH}/discs`, { label: 'data', size: 512, storage_grade: 'ssd' }),
    'add discs --disc data:ssd:512M web.default.acme',
  ],
  ['add_disc', sent(`${PATH}/discs`, { label: 'a:b', size: 512, storage_grade: 'ssd' }), null],
  ['change_disc', sent(`${PATH}/discs/5`, { size: 2048 }), 'update disc web.default.acme 5 --new-size 2048M'],
  [
    'move_disc',
    { ...sent(`${PATH}/discs/5`, { virtual_machine_id: 8 }), also },
    'update disc web.default.acme 5 --new-server db.default.acme',
  ],
  ['change_disc', sent(`${PATH}/discs/5`, { label: 'x', size: 2048 }), null],
  ['change_disc', sent(`${PATH}/discs/5`, { label: 'x' }), null],
  ['purge_disc', sent(`${PATH}/discs/5?purge=true`, undefined), 'delete disc --id 5'],
  ['backup_disc', sent(`${PATH}/discs/5/backups`, {}), 'backup disc web.default.acme 5'],
  [
    'schedule_backups',
    sent(`${PATH}/discs/5/backup_schedules`, { start_at: '00:00', interval_seconds: 3600, capacity: 0 }),
    'schedule backups --start 00:00 web.default.acme 5 3600',
  ],
  [
    'schedule_backups',
    sent(`${PATH}/discs/5/backup_schedules`, { start_at: '00:00', interval_seconds: 3600, capacity: 2 }),
    null,
  ],
  [
    'swap_ips',
    { ...sent('/ips/swap_virtual_machine_ips', { move_additional_ips: true }), also },
    'update server --server web.default.acme --swap-ips-with db.default.acme --swap-extra-ips',
  ],
] as const)('the action $0 gives the command $2', (action, more, line) => {
  expect(clientLine({ action, target, ...more })).toBe(line && `bytemark ${line}`)
})

test('a privilege’s command has its level, place and user', () => {
  const expects = { level: 'vm_admin', username: 'jane', on: 'web' }
  const grant = (body: object) =>
    clientLine({ action: 'grant_privilege', target, expects, ...sent('/users/jane/privileges', body) })
  expect(grant({ yubikey_required: true })).toBe(
    'bytemark grant privilege --yubikey-required vm_admin on web.default.acme to jane',
  )
  expect(grant({ ip_restrictions: '192.0.2.1' })).toBeNull()
  const onGroup = { account: 'acme', group: 'default', id: null, name: '' }
  const revoke = { action: 'revoke_privilege', ...sent('/privileges/5', undefined) } as const
  expect(clientLine({ ...revoke, target: onGroup, expects: { ...expects, on: 'default' } })).toBe(
    'bytemark revoke privilege vm_admin on default.acme from jane',
  )
  expect(
    clientLine({ ...revoke, target: { ...onGroup, group: '' }, expects: { ...expects, on: 'acme' } }),
  ).toBe('bytemark revoke privilege vm_admin on acme from jane')
})

const SENDER = { url: 'https://uk0.bigv.io', username: 'demo', otp: false }

type Request = Pick<PlannedRequest, 'method' | 'path' | 'body'>

const curlOf = (
  requests: readonly Request[],
  sender: Parameters<typeof curlLines>[1] = SENDER,
  action: ActionName = 'start',
) => curlLines({ action, steps: requests.map((each) => ({ body: undefined, trace: null, ...each })) }, sender)

const start = { method: 'PUT', path: PATH, body: { power_on: true } } as const

test('a curl line has the method, user and body, and makes curl ask for the password', () => {
  expect(curlOf([start])).toBe(
    `curl -X PUT -u demo -H 'Accept: application/json' -H 'Content-Type: application/json' --data-raw '{"power_on":true}' https://uk0.bigv.io${PATH}`,
  )
})

test.each(['http://127.0.0.1:4100', 'https://[2001:db8::1]:8443', 'https://uk0.bigv.io/a/brain'])(
  'a curl line has the scheme, host, port and path of BigV’s URL, %s',
  (url) => {
    expect(argumentsOf(curlOf([start], { ...SENDER, url })).at(-1)).toBe(url + PATH)
  },
)

test('a curl line has no body for a DELETE, and placeholders for an unknown host and an OTP', () => {
  const purge = { method: 'DELETE', path: `${PATH}?purge=true` } as const
  expect(curlOf([purge], { ...SENDER, url: undefined, otp: true })).toBe(
    `curl -X DELETE -u demo -H 'Accept: application/json' -H 'X-Yubikey-OTP: YOUR_OTP' 'https://BIGV_HOST${PATH}?purge=true'`,
  )
})

test('curl lines for several requests stop at the first that BigV refuses', () => {
  expect(curlOf([start, start])?.split('\n')).toEqual([
    expect.stringMatching(/^curl -f .* &&$/),
    expect.stringMatching(/^curl -f .*7$/),
  ])
})

test('there is no curl line for key presses, which aren’t recorded, or for no requests', () => {
  expect(curlOf([start], SENDER, 'send_keys')).toBeNull()
  expect(curlOf([])).toBeNull()
})

/** The arguments that a real shell passes to all the curls of these lines. */
function argumentsOf(lines: string | null): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${lines}`
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

test('a curl line passes exactly the user, body and path to curl, whatever they contain', () => {
  const name = fc.oneof(
    anyText().map((text) => text.replaceAll('\0', '')),
    fc.string({
      unit: fc.constantFrom("'", '"', '\\', '$', '`', '!', ' ', '\n', ';', '&', '*', '{', ',', 'a'),
    }),
  )
  // One shell runs many commands, because starting a shell takes most of the test's time.
  fc.assert(
    fc.property(name, fc.array(name, { minLength: 20, maxLength: 40 }), (username, names) => {
      const writes = names.map((text) => ({
        method: 'POST' as const,
        path: `/accounts/${encodeURIComponent(text)}/groups`,
        body: { name: text },
      }))
      const received = argumentsOf(curlOf(writes, { ...SENDER, username }))
      expect(received).toEqual(
        writes.flatMap(({ method, path, body }) => [
          '-f',
          '-X',
          method,
          '-u',
          username,
          '-H',
          'Accept: application/json',
          '-H',
          'Content-Type: application/json',
          '--data-raw',
          JSON.stringify(body),
          `https://uk0.bigv.io${path}`,
        ]),
      )
    }),
    { numRuns: 4 },
  )
})

test('a curl line leaves out secrets in the body', () => {
  const command = curlOf([
    {
      method: 'POST',
      path: `${PATH}/reimage`,
      body: { root_password: 'hunter2', firstboot_script: 'hunter3', cdrom_url: 'http://u:hunter4@x/' },
    },
  ])
  expect(command).not.toContain('hunter')
})
