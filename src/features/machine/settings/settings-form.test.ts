import { expect, test } from 'vitest'
import { editedSince } from './settings-form.tsx'

const saved = { cdrom_url: 'https://me:secret@example.com/x', keymap: 'de' }

test.each([
  ['unedited: the form has no changes left', null, false],
  ['unedited: BigV has not shown the saved values yet', saved, false],
  ['unedited: BigV shows the URL without its password', { cdrom_url: saved.cdrom_url }, false],
  ['edited: a saved field was changed again', { keymap: 'fr' }, true],
  ['edited: another field was changed', { ...saved, name: 'web' }, true],
])('%s', (_, now, since) => {
  expect(editedSince(saved, now)).toBe(since)
})

test('a switch that was changed back counts as edited', () => {
  expect(editedSince({ autoreboot_on: true }, { autoreboot_on: true })).toBe(false)
  expect(editedSince({ autoreboot_on: true }, { autoreboot_on: false })).toBe(true)
})
