import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { fingerprint, keyChanges, keyLines, newKeysProblem, withKeys, withoutKey } from './authorized-keys.ts'

const BLOB = 'AAAAC3NzaC1lZDI1NTE5AAAAICyAsCTz0ECAwWxS0ORfFbVCVIbXwlNaUxJ8+30W/ctr'
const ED = `ssh-ed25519 ${BLOB} me@laptop`
const OTHER = ED.replace('ICyA', 'ICyB').replace('me@laptop', 'me@phone')

afterEach(() => vi.unstubAllGlobals())

test('a line is its type, its key and its comment; options may stand before, and other lines are kept whole', () => {
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

test('adding and removing lose no other line', () => {
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

test('what is there is kept to the letter', () => {
  expect(withKeys(null, `  ${ED}\n\n`)).toBe(ED)
  expect(withKeys('a\n\nb\n', ED)).toBe(`a\n\nb\n${ED}`)
  expect(withoutKey(`a\n\n ${ED}\nb\n`, ED)).toBe('a\n\nb\n')
  expect(withoutKey(ED, ED)).toBe('')
  expect(withoutKey('a', 'b')).toBe('a')
})

test('nothing, what is no key, and what is there already are told before anything is sent', () => {
  expect(newKeysProblem('', ' \n')).toBe('Paste a public key first.')
  expect(newKeysProblem('', 'ssh-rsa nonsense')).toMatch(/not a whole public key/)
  expect(newKeysProblem('', '-----BEGIN OPENSSH PRIVATE KEY-----')).toMatch(/private key/)
  expect(newKeysProblem(OTHER, ED.replace('me@laptop', 'again'))).toBeNull()
  expect(newKeysProblem(ED, ED.replace('me@laptop', 'again'))).toBe('This key is there already.')
  expect(newKeysProblem('', `${ED}\n${OTHER}\n${ED}`)).toBe('A key is there twice: me@laptop.')
})

test('changes are told by the comments', () => {
  expect(keyChanges(keyLines(ED), keyLines(OTHER))).toEqual([
    '“me@phone” was added.',
    '“me@laptop” was removed.',
  ])
})

test('a fingerprint is what ssh-keygen prints, or none without digests', async () => {
  expect(await fingerprint(BLOB)).toBe('SHA256:8F3FIKDoitzKOErEEOL9RtjfKvQfzfxKMJf6p6lbDYk')
  vi.stubGlobal('crypto', {})
  expect(await fingerprint(BLOB)).toBeNull()
})
