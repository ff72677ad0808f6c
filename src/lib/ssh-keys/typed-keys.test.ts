import { describe, expect, test } from 'vitest'
import { typedKeys, typedKeysProblem } from './typed-keys.ts'

const LAPTOP = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr me@laptop'
const NAMELESS = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2aQw3xX0yqg9mJm7l7Zq1n5s3n6v0c4h8k2d1f0a9b'

describe('SSH keys that are typed', () => {
  test('are shown by their names, or their types', () => {
    expect(typedKeys(`${LAPTOP}\n\n ${NAMELESS} `)).toMatchObject([
      { name: 'me@laptop', type: 'ssh-ed25519', problem: null },
      { name: 'ssh-ed25519', type: 'ssh-ed25519', problem: null },
    ])
    expect(typedKeysProblem(`${LAPTOP}\n${NAMELESS}`)).toBeNull()
    expect([typedKeys(' \n'), typedKeysProblem('')]).toEqual([[], null])
  })

  test('that are cut short or something else are marked one by one, and the first is named', () => {
    const text = `${LAPTOP}\nssh-ed25519 AAAAC3NzaC1 cut\nhello, this is no key at all`
    expect(typedKeys(text)).toMatchObject([
      { name: 'me@laptop', problem: null },
      { name: 'cut', problem: 'no whole public key' },
      { name: 'hello, this is no key at…', problem: 'no whole public key' },
    ])
    expect(typedKeysProblem(text)).toMatch(/^Key 2 is not a whole public key/)
  })

  test('are wanted once, whatever their names', () => {
    const text = `${LAPTOP}\n${LAPTOP.replace('me@laptop', 'again')}`
    expect(typedKeys(text)[1]).toMatchObject({ name: 'again', problem: 'here twice' })
    expect(typedKeysProblem(text)).toBe('Key 2 stands here twice.')
  })

  test('are never private ones', () => {
    const text = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----'
    expect(typedKeys(text)).toMatchObject([{ name: 'A private key', problem: 'nobody else should have it' }])
    expect(JSON.stringify(typedKeys(text))).not.toContain('b3Blbn')
    expect(typedKeysProblem(text)).toMatch(/^This is a private key/)
  })
})
