import * as fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { PATH, REF } from '../../api/testing/machines.ts'
import { anyText } from '../../lib/testing/any-text.ts'
import { operation } from '../testing/samples.ts'
import { clientLine, curlOf } from './record.ts'

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
] as const)('%s is %s', (action, line) => {
  expect(clientLine(operation({ action, target }))).toBe(line)
})

const named = (name: string) => clientLine({ action: 'start', target: { ...target, name } })

test('quotes unusual names, but gives no command if the client would misread the name', () => {
  expect(named("a b'c")).toBe(`bytemark start server 'a b'\\''c.default.acme'`)
  expect(named('db.prod')).toBeNull()
  expect(named('--help')).toBeNull()
  expect(named('')).toBeNull()
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
] as const)('%s with the requests %j is %s', (action, more, line) => {
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

const SENDER = { brain: 'uk0.bigv.io', username: 'demo', otp: false }

/** The arguments that a real shell passes to curl, for each of these commands. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

test('has the method, the user and the body, and makes curl ask for the password', () => {
  expect(curlOf({ method: 'PUT', path: PATH, body: { power_on: true } }, SENDER)).toBe(
    `curl -X PUT -u demo -H 'Accept: application/json' -H 'Content-Type: application/json' --data-raw '{"power_on":true}' https://uk0.bigv.io${PATH}`,
  )
})

test('has no body for a DELETE, and placeholders for an unknown host and an OTP', () => {
  expect(
    curlOf(
      { method: 'DELETE', path: `${PATH}?purge=true`, body: undefined },
      { ...SENDER, brain: null, otp: true },
    ),
  ).toBe(
    `curl -X DELETE -u demo -H 'Accept: application/json' -H 'X-Yubikey-OTP: YOUR_OTP' 'https://BIGV_HOST${PATH}?purge=true'`,
  )
})

test('passes exactly the body and path to curl, whatever they contain', () => {
  const name = fc.oneof(
    anyText().map((text) => text.replaceAll('\0', '')),
    fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '`', '!', ' ', '\n', ';', '&', '*', 'a') }),
  )
  // One shell runs many commands, because starting a shell takes most of the test's time.
  fc.assert(
    fc.property(fc.array(name, { minLength: 20, maxLength: 40 }), (names) => {
      const writes = names.map((text) => ({
        method: 'POST' as const,
        path: `/accounts/${encodeURIComponent(text)}/groups`,
        body: { name: text },
      }))
      const received = argumentsOf(writes.map((write) => curlOf(write, SENDER)).join('\n'))
      const count = received.length / writes.length
      writes.forEach(({ path, body }, at) => {
        const one = received.slice(at * count, (at + 1) * count)
        expect(one.at(-1)).toBe(`https://uk0.bigv.io${path}`)
        expect(one[one.indexOf('--data-raw') + 1]).toBe(JSON.stringify(body))
      })
    }),
    { numRuns: 4 },
  )
})

test('leaves out secrets in the body', () => {
  const command = curlOf(
    {
      method: 'POST',
      path: `${PATH}/reimage`,
      body: { root_password: 'hunter2', firstboot_script: 'hunter3', cdrom_url: 'http://u:hunter4@x/' },
    },
    SENDER,
  )
  expect(command).not.toContain('hunter')
})
