import { expect, test } from 'vitest'
import { sshKeysIn, sshKeysProblem } from './ssh-keys.ts'

const ED = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2aQw3xX0yqg9mJm7l7Zq1n5s3n6v0c4h8k2d1f0a9b me@here'
const RSA = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7'

test('keys stand one a line; empty lines and outer spaces do not count', () => {
  expect(sshKeysIn(`\n ${ED}\r\n\n${RSA}  \n`)).toEqual([ED, RSA])
  expect(sshKeysProblem(`\n ${ED}\r\n\n${RSA}  \n`)).toBeNull()
  expect(sshKeysProblem('  \n')).toBeNull()
})

test('what is no whole public key is told, with its number', () => {
  expect(sshKeysProblem('hello')).toMatch(/^This is not a whole public key/)
  expect(sshKeysProblem(`${ED}\nssh-rsa AAAA`)).toMatch(/^Key 2 is not/)
  // Broken over two lines by a mail program.
  expect(sshKeysProblem(`${ED.slice(0, 20)}\n${ED.slice(20)}`)).toMatch(/^Key 1 is not/)
  // Of another type than its first word says.
  expect(sshKeysProblem(ED.replace('ssh-ed25519', 'ssh-rsa'))).not.toBeNull()
})

test('a private key is not taken', () => {
  expect(sshKeysProblem('-----BEGIN OPENSSH PRIVATE KEY-----\nabc')).toMatch(/^This is a private key/)
})
