import { expect, test } from 'vitest'
import { typedSince } from './settings-form.tsx'

const saved = { cdrom_url: 'https://me:secret@example.com/x', keymap: 'de' }

test.each([
  ['nothing is left', null, false],
  ['what was saved is not read back yet', saved, false],
  ['a secret is read back without itself', { cdrom_url: saved.cdrom_url }, false],
  ['one of them was typed anew', { keymap: 'fr' }, true],
  ['another was typed', { ...saved, name: 'web' }, true],
])('%s', (_, now, since) => {
  expect(typedSince(saved, now)).toBe(since)
})

test('what is no part of a patch counts as well', () => {
  expect(typedSince({ autoreboot_on: true }, { autoreboot_on: true })).toBe(false)
  expect(typedSince({ autoreboot_on: true }, { autoreboot_on: false })).toBe(true)
})
