import { describe, expect, test } from 'vitest'
import { isAsSent } from './complaints.ts'
import { newDisc, newValues, type CreateValues } from '../form-values.ts'

const SENT: CreateValues = {
  ...newValues(),
  name: 'web4',
  discs: [newDisc('disc-1'), newDisc('disc-2')],
}

describe('a complaint about a field', () => {
  test('holds while the field is as it was sent, and again when it is so again', () => {
    expect(isAsSent('name', SENT, SENT)).toBe(true)
    expect(isAsSent('name', { ...SENT, name: 'web5' }, SENT)).toBe(false)
    expect(isAsSent('name', { ...SENT, cores: '2' }, SENT)).toBe(true)
  })

  test('of a disc ends with that field, and when discs come or go: the next one would take its place', () => {
    const resized = [newDisc('disc-1'), { ...newDisc('disc-2'), size: '30' }]
    expect(isAsSent('discs.1.size', { ...SENT, discs: resized }, SENT)).toBe(false)
    expect(isAsSent('discs.0.size', { ...SENT, discs: resized }, SENT)).toBe(true)
    expect(isAsSent('discs.0.size', { ...SENT, discs: [newDisc('disc-2')] }, SENT)).toBe(false)
  })
})
