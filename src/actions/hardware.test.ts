import { expect, test } from 'vitest'
import { HIDDEN } from '../api/redact.ts'
import { machine } from '../api/testing/machines.ts'
import { changesInWords, hasSecret, storedChange } from './hardware.ts'

const WITH_SECRET = 'https://me:s3cret@example.com/x.iso'
const SHOWN = `https://${HIDDEN}@example.com/x.iso`

test('a change of a machine’s settings is described in words', () => {
  const vm = machine({ cores: 1, memory: 2048, hardware_profile_locked: false })
  const attributes = { cores: 2, memory: 512, hardware_profile_locked: true, cdrom_url: null, group_id: 9 }
  expect(changesInWords(storedChange({ attributes, movesTo: 'web' }, vm))).toBe(
    'cores 1 → 2, memory 2 GiB → 512 MiB, profile lock no → yes, CD none → none, group to web',
  )
})

test('a change of the CD hides the user:password of the URL, even before it is sent', () => {
  const attributes = { cdrom_url: WITH_SECRET.replace('x.iso', 'y.iso') }
  const stored = storedChange({ attributes }, machine({ cdrom_url: WITH_SECRET }))
  expect(changesInWords(stored)).toBe(`CD ${SHOWN} → ${SHOWN.replace('x.iso', 'y.iso')}`)
})

test('a stored change can’t be sent if it writes a secret, but can if it removes one', () => {
  const vm = machine({ cdrom_url: WITH_SECRET })
  expect(hasSecret(storedChange({ attributes: { cdrom_url: null } }, vm))).toBe(false)
  expect(hasSecret(storedChange({ attributes: { cores: 2, cdrom_url: WITH_SECRET } }, vm))).toBe(true)
})
