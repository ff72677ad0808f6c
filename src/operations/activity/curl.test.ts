import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { curlOf } from './curl.ts'
import { PATH } from '../../api/testing/machines.ts'
import { anyText } from '../../lib/testing/any-text.ts'

const SENDER = { brain: 'uk0.bigv.io', username: 'demo', otp: false }

/** The arguments that a real shell hands to curl, of one command after the other. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

test('a write is its method, who asks, and its body, and asks for the password itself', () => {
  expect(curlOf({ method: 'PUT', path: PATH, body: { power_on: true } }, SENDER)).toBe(
    `curl -X PUT -u demo -H 'Accept: application/json' -H 'Content-Type: application/json' --data-raw '{"power_on":true}' https://uk0.bigv.io${PATH}`,
  )
})

test('a DELETE has no body; a host that is not known and a one-time password are placeholders', () => {
  expect(
    curlOf(
      { method: 'DELETE', path: `${PATH}?purge=true`, body: undefined },
      { ...SENDER, brain: null, otp: true },
    ),
  ).toBe(
    `curl -X DELETE -u demo -H 'Accept: application/json' -H 'X-Yubikey-OTP: YOUR_OTP' 'https://BIGV_HOST${PATH}?purge=true'`,
  )
})

test('a shell hands curl the very body and path, whatever they hold', () => {
  const name = fc.oneof(
    anyText().map((text) => text.replaceAll('\0', '')),
    fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '`', '!', ' ', '\n', ';', '&', '*', 'a') }),
  )
  // A shell for many commands: to start one takes longer than all else here.
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

test('secrets of the body do not get into it', () => {
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
