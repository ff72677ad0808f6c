import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  fingerprint,
  keyChanges,
  keyLines,
  missingKeys,
  newKeysProblem,
  sshKeysIn,
  sshKeysProblem,
  typedKeys,
  typedKeysProblem,
  withKeys,
  withoutKey,
} from './ssh-keys.ts'

const BLOB = 'AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr'
const ED = `ssh-ed25519 ${BLOB} me@laptop`
const OTHER = ED.replace('ICyA', 'ICyB').replace('me@laptop', 'me@phone')

afterEach(() => vi.unstubAllGlobals())

test('keyLines splits a line into type, key and comment, with or without options', () => {
  expect(keyLines(`${ED}\n\nfrom="10.0.0.0/8",command="a b" ${ED} too\n# ${ED}\n${ED.slice(0, 80)}`)).toEqual(
    [
      { line: ED, type: 'ssh-ed25519', blob: BLOB, comment: 'me@laptop' },
      {
        line: `from="10.0.0.0/8",command="a b" ${ED} too`,
        type: 'ssh-ed25519',
        blob: BLOB,
        comment: 'me@laptop too',
      },
      { line: `# ${ED}`, type: '', blob: '', comment: '' },
      { line: ED.slice(0, 80), type: 'ssh-ed25519', blob: BLOB, comment: '' },
    ],
  )
  expect(keyLines(null)).toEqual([])
})

test('adding and removing keys keeps all other lines, whatever they contain', () => {
  const line = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((text) => text.trim() === text)
  fc.assert(
    fc.property(
      fc.uniqueArray(line, { maxLength: 5 }),
      fc.uniqueArray(line, { minLength: 1, maxLength: 3 }),
      (has, more) => {
        const text = has.join('\n')
        const all = withKeys(text, more.join('\n'))
        expect(all.split('\n')).toEqual([...has, ...more])
        for (const [index, each] of has.entries()) {
          expect(withoutKey(text, each)).toBe(has.toSpliced(index, 1).join('\n'))
        }
      },
    ),
  )
})

test('adding and removing keys trims the keys, and keeps the empty lines between others', () => {
  expect(withKeys(null, `  ${ED}\n\n`)).toBe(ED)
  expect(withKeys('a\n\nb\n', ED)).toBe(`a\n\nb\n${ED}`)
  expect(withoutKey(`a\n\n ${ED}\nb\n`, ED)).toBe('a\n\nb\n')
  expect(withoutKey(ED, ED)).toBe('')
  expect(withoutKey('a', 'b')).toBe('a')
})

test('newKeysProblem rejects an empty input, an invalid key, a private key and a duplicate', () => {
  expect(newKeysProblem('', ' \n')).toBe('Paste a public key first.')
  expect(newKeysProblem('', 'ssh-rsa nonsense')).toMatch(/isn’t a complete public key/)
  expect(newKeysProblem('', '-----BEGIN OPENSSH PRIVATE KEY-----')).toMatch(/private key/)
  expect(newKeysProblem(OTHER, ED.replace('me@laptop', 'again'))).toBeNull()
  expect(newKeysProblem(ED, ED.replace('me@laptop', 'again'))).toBe('This key is already listed.')
  expect(newKeysProblem('', `${ED}\n${OTHER}\n${ED}`)).toBe('A key appears twice: me@laptop.')
})

test('missingKeys lists a user’s complete keys that an input lacks, once each and without options', () => {
  expect(missingKeys('', null)).toBeNull()
  expect(missingKeys('', '# ' + ED + '\nssh-rsa AAAA')).toBeNull()
  expect(missingKeys('', `${ED}\nfrom="10.0.0.0/8" ${OTHER}\n${ED} again`)).toEqual([ED, OTHER])
  expect(missingKeys(ED.replace('me@laptop', 'same'), `${ED}\n${OTHER}`)).toEqual([OTHER])
  expect(missingKeys(ED, ED)).toEqual([])
})

test('keyChanges names added and removed keys by their comments', () => {
  expect(keyChanges(keyLines(ED), keyLines(OTHER))).toEqual([
    '“me@phone” was added.',
    '“me@laptop” was removed.',
  ])
})

test('fingerprint returns what ssh-keygen prints, or null without crypto.subtle', async () => {
  expect(await fingerprint(BLOB)).toBe('SHA256:8F3FIKDoitzKOErEEOL9RtjfKvQfzfxKMJf6p6lbDYk')
  vi.stubGlobal('crypto', {})
  expect(await fingerprint(BLOB)).toBeNull()
})

const HERE = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2aQw3xX0yqg9mJm7l7Zq1n5s3n6v0c4h8k2d1f0a9b me@here'
const RSA = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7'

test('sshKeysIn finds one key per line, ignoring empty lines and spaces around a key', () => {
  expect(sshKeysIn(`\n ${HERE}\r\n\n${RSA}  \n`)).toEqual([HERE, RSA])
  expect(sshKeysProblem(`\n ${HERE}\r\n\n${RSA}  \n`)).toBeNull()
  expect(sshKeysProblem('  \n')).toBeNull()
})

test('sshKeysProblem says which public key is the first incomplete one', () => {
  expect(sshKeysProblem('hello')).toMatch(/^This isn’t a complete public key/)
  expect(sshKeysProblem(`${HERE}\nssh-rsa AAAA`)).toMatch(/^Key 2 isn’t/)
  // Broken into two lines by a mail program.
  expect(sshKeysProblem(`${HERE.slice(0, 20)}\n${HERE.slice(20)}`)).toMatch(/^Key 1 isn’t/)
  // The key's data has another type than its first word says.
  expect(sshKeysProblem(HERE.replace('ssh-ed25519', 'ssh-rsa'))).not.toBeNull()
})

test('sshKeysProblem rejects a private key', () => {
  expect(sshKeysProblem('-----BEGIN OPENSSH PRIVATE KEY-----\nabc')).toMatch(/^This is a private key/)
})

const LAPTOP = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr me@laptop'
const NAMELESS = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2aQw3xX0yqg9mJm7l7Zq1n5s3n6v0c4h8k2d1f0a9b'

describe('SSH keys in an input', () => {
  test('are shown with their comment, or else their type', () => {
    expect(typedKeys(`${LAPTOP}\n\n ${NAMELESS} `)).toMatchObject([
      { name: 'me@laptop', type: 'ssh-ed25519', problem: null },
      { name: 'ssh-ed25519', type: 'ssh-ed25519', problem: null },
    ])
    expect(typedKeysProblem(`${LAPTOP}\n${NAMELESS}`)).toBeNull()
    expect([typedKeys(' \n'), typedKeysProblem('')]).toEqual([[], null])
  })

  test('are marked if incomplete, and the error names the first incomplete one', () => {
    const text = `${LAPTOP}\nssh-ed25519 AAAAC3NzaC1 cut\nhello, this is no key at all`
    expect(typedKeys(text)).toMatchObject([
      { name: 'me@laptop', problem: null },
      { name: 'cut', problem: 'not a complete public key' },
      { name: 'hello, this is no key at…', problem: 'not a complete public key' },
    ])
    expect(typedKeysProblem(text)).toMatch(/^Key 2 isn’t a complete public key/)
  })

  test('may not contain the same key twice, even with different comments', () => {
    const text = `${LAPTOP}\n${LAPTOP.replace('me@laptop', 'again')}`
    expect(typedKeys(text)[1]).toMatchObject({ name: 'again', problem: 'appears twice' })
    expect(typedKeysProblem(text)).toBe('Key 2 is the same as a key above it.')
  })

  test('may not contain a private key', () => {
    const text = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----'
    expect(typedKeys(text)).toMatchObject([{ name: 'A private key', problem: 'keep it secret' }])
    expect(JSON.stringify(typedKeys(text))).not.toContain('b3Blbn')
    expect(typedKeysProblem(text)).toMatch(/^This is a private key/)
  })
})
