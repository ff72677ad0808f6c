import { expect, test } from 'vitest'
import { HIDDEN } from '../api/redact.ts'
import { machine } from '../api/testing/machines.ts'
import { changesInWords, hasSecret, keptChange } from './hardware.ts'

const WITH_SECRET = 'https://me:s3cret@example.com/x.iso'
const SHOWN = `https://${HIDDEN}@example.com/x.iso`

test('what changes, in words', () => {
  const vm = machine({ cores: 1, memory: 2048, hardware_profile_locked: false })
  const attributes = { cores: 2, memory: 512, hardware_profile_locked: true, cdrom_url: null, group_id: 9 }
  expect(changesInWords(keptChange({ attributes, movesTo: 'web' }, vm))).toBe(
    'cores 1 → 2, memory 2 GiB → 512 MiB, profile lock no → yes, CD none → none, group to web',
  )
})

test('the user:password of a CD’s URL is hidden, before it is sent, too', () => {
  const attributes = { cdrom_url: WITH_SECRET.replace('x.iso', 'y.iso') }
  const kept = keptChange({ attributes }, machine({ cdrom_url: WITH_SECRET }))
  expect(changesInWords(kept)).toBe(`CD ${SHOWN} → ${SHOWN.replace('x.iso', 'y.iso')}`)
})

test('a change that takes a secret out can be sent as it is kept, one that writes one cannot', () => {
  const vm = machine({ cdrom_url: WITH_SECRET })
  expect(hasSecret(keptChange({ attributes: { cdrom_url: null } }, vm))).toBe(false)
  expect(hasSecret(keptChange({ attributes: { cores: 2, cdrom_url: WITH_SECRET } }, vm))).toBe(true)
})
