import { describe, expect, test } from 'vitest'
import { HIDDEN } from '../../api/redact.ts'
import { machineData } from '../../api/testing/machines.ts'
import { plan } from '../testing/samples.ts'
import { planSummary } from './plan-summary.ts'

const URL_OF_CD = 'https://me:s3cret@example.com/x.iso'
const SHOWN = `https://${HIDDEN}@example.com/x.iso`
const halted = plan({
  phase: 'halted',
  kept: {
    attributes: { cdrom_url: 'https://example.com/y.iso' },
    before: { cdrom_url: SHOWN },
    movesTo: null,
  },
})

describe('the user:password of a CD’s URL', () => {
  test('doesn’t count as a change if it stays the same', () => {
    const said = planSummary(halted, machineData({ cdrom_url: URL_OF_CD }), [])
    expect(said).toContain('The change was not made.')
  })

  test('is hidden in the note that someone else has inserted another CD', () => {
    const said = planSummary(halted, machineData({ cdrom_url: URL_OF_CD.replace('x.iso', 'z.iso') }), [])
    expect(said).toContain(
      `The machine was not changed as planned: CD is "${SHOWN.replace('x.iso', 'z.iso')}".`,
    )
  })
})
