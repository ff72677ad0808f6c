import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attributesOf, discProblems, suggestedDisc, valuesOf } from './disc-dialogs.tsx'

const VDA = { id: 4, label: 'vda', size: 25_600, storage_grade: 'sata' }
const DATA = { id: 5, label: 'data', size: 2_000, storage_grade: 'ssd' }
const DISCS = [VDA, DATA]
const FINE = { label: null, size: null, storage_grade: null }

describe('the disc form', () => {
  test('suggests an unused label and the default grade for a new disc', () => {
    expect(suggestedDisc(DISCS, ['archive', 'sata'])).toEqual({
      label: 'disc-3',
      size: '25',
      storage_grade: 'sata',
    })
    expect(suggestedDisc([], ['ssd']).storage_grade).toBe('ssd')
    expect(suggestedDisc([], []).storage_grade).toBe('sata')
  })

  test('sends all attributes of a new disc, with its size in MiB', () => {
    const values = { label: 'logs', size: '0.5', storage_grade: 'archive' }
    expect(attributesOf(values, null)).toEqual({ label: 'logs', size: 512, storage_grade: 'archive' })
  })

  test('sends only the changed attributes of an existing disc', () => {
    const values = valuesOf(DATA)
    expect(attributesOf(values, DATA)).toBeNull()
    expect(attributesOf({ ...values, size: '1.9531250' }, DATA)).toBeNull()
    expect(attributesOf({ ...values, size: '3' }, DATA)).toEqual({ size: 3_072 })
    expect(attributesOf({ ...values, label: 'logs', storage_grade: 'sata' }, DATA)).toEqual({
      label: 'logs',
      storage_grade: 'sata',
    })
  })

  test('sends nothing and shows no error while the form is unedited, for any disc size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 21 }), (size) => {
        const disc = { ...VDA, size }
        expect(attributesOf(valuesOf(disc), disc)).toBeNull()
        expect(discProblems(valuesOf(disc), disc, [disc])).toEqual(FINE)
      }),
    )
  })

  test('rejects device names such as vda as new labels, duplicate labels and smaller sizes', () => {
    const values = valuesOf(DATA)
    expect(discProblems(valuesOf(VDA), VDA, DISCS)).toEqual(FINE)
    expect(discProblems({ ...values, label: 'vdb' }, DATA, DISCS).label).toMatch(/can’t look like a device/)
    expect(discProblems({ ...values, label: 'vda' }, DATA, [{ ...VDA }, DATA]).label).not.toBeNull()
    expect(discProblems({ ...values, label: 'data' }, null, DISCS).label).toBe(
      'Another disc of this machine already has this label.',
    )
    expect(discProblems({ ...values, size: '1' }, DATA, DISCS).size).toBe(
      'The disc has 2000 MiB and can only grow.',
    )
  })
})
