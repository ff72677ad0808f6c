import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { curlOf } from './curl.ts'
import { PATH } from './testing/samples.ts'

const SENDER = { brain: 'uk0.bigv.io', username: 'demo', otp: false }

/** The arguments that a real shell hands to curl. */
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
  const name = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '').toWellFormed())
  fc.assert(
    fc.property(name, (text) => {
      const path = `/accounts/${encodeURIComponent(text)}/groups`
      const received = argumentsOf(curlOf({ method: 'POST', path, body: { name: text } }, SENDER))
      expect(received.at(-1)).toBe(`https://uk0.bigv.io${path}`)
      expect(received[received.indexOf('--data-raw') + 1]).toBe(JSON.stringify({ name: text }))
    }),
    { numRuns: 40 },
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
