import { describe, expect, test } from 'vitest'
import { HIDDEN } from '../../api/redact.ts'
import { machineData } from '../../api/testing/machines.ts'
import { plan } from '../testing/samples.ts'
import { whatIsLeft } from './left.ts'
import { changesInWords } from './wording.ts'

const URL_OF_CD = 'https://me:s3cret@example.com/x.iso'
const SHOWN = `https://${HIDDEN}@example.com/x.iso`
const halted = plan({
  phase: 'halted',
  before: { autoreboot_on: true, attributes: { cdrom_url: SHOWN } },
  patch: { cdrom_url: 'https://example.com/y.iso' },
})

describe('the user:password of a CD’s URL', () => {
  test('is hidden where a change is told in words, before it is sent, too', () => {
    const change = {
      before: { autoreboot_on: true, attributes: { cdrom_url: URL_OF_CD } },
      patch: { cdrom_url: URL_OF_CD.replace('x.iso', 'y.iso') },
      movesTo: null,
    }
    expect(changesInWords(change)).toBe(`CD ${SHOWN} → ${SHOWN.replace('x.iso', 'y.iso')}`)
  })

  test('makes no change of what is as it was', () => {
    const said = whatIsLeft(halted, machineData({ cdrom_url: URL_OF_CD }), [])
    expect(said).toContain('The change is not made.')
  })

  test('is hidden where somebody else has put another CD in', () => {
    const said = whatIsLeft(halted, machineData({ cdrom_url: URL_OF_CD.replace('x.iso', 'z.iso') }), [])
    expect(said).toContain(
      `It was not changed as planned: cdrom_url reads "${SHOWN.replace('x.iso', 'z.iso')}".`,
    )
  })
})
