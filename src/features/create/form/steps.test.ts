import { describe, expect, test } from 'vitest'
import { problemsOf } from '../errors/problems.ts'
import { newValues, type CreateValues } from './form-values.ts'
import { stepToShow } from './steps.ts'

const EMPTY = newValues()
const NAMED: CreateValues = { ...EMPTY, name: 'web4' }
const FILLED: CreateValues = { ...NAMED, distribution: 'wheezy' }

describe('stepToShow', () => {
  test.each<[string, string | null, CreateValues, string]>([
    ['the first step of an empty form', null, EMPTY, 'machine'],
    ['the first step of an empty form even if the URL names the last', 'review', EMPTY, 'machine'],
    ['the first step if the URL names an unknown one', 'nonsense', FILLED, 'machine'],
    ['the first step if the URL names none', null, FILLED, 'machine'],
    ['the second step if the URL names it and the first is complete', 'image', NAMED, 'image'],
    ['the second step if it is incomplete and the URL names the third', 'discs', NAMED, 'image'],
    ['the third step if the URL names it and the others are complete', 'discs', FILLED, 'discs'],
    ['the third step if the image lacks a disc', 'review', { ...FILLED, discs: [] }, 'discs'],
    ['the second step if it is the image that needs a disc', 'image', { ...FILLED, discs: [] }, 'image'],
    [
      'the first step if it lacks cores and the URL names the last',
      'review',
      { ...FILLED, cores: '' },
      'machine',
    ],
    ['the last step if the URL names it and all are complete', 'review', FILLED, 'review'],
  ])('returns %s', (_, requested, values, shown) => {
    expect(stepToShow(requested, Object.keys(problemsOf(values)))).toBe(shown)
  })
})
