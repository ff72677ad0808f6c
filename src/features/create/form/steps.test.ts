import { describe, expect, test } from 'vitest'
import { problemsOf } from '../errors/problems.ts'
import { newValues, type CreateValues } from './form-values.ts'
import { stepToShow } from './steps.ts'

const EMPTY = newValues()
const NAMED: CreateValues = { ...EMPTY, name: 'web4' }
const FILLED: CreateValues = { ...NAMED, distribution: 'wheezy' }

describe('stepToShow', () => {
  test.each<[string | null, CreateValues, string]>([
    [null, EMPTY, 'machine'],
    ['review', EMPTY, 'machine'],
    ['nonsense', FILLED, 'machine'],
    [null, FILLED, 'machine'],
    ['discs', NAMED, 'discs'],
    ['image', NAMED, 'image'],
    ['review', NAMED, 'image'],
    ['review', { ...FILLED, discs: [] }, 'image'],
    ['review', { ...FILLED, cores: '' }, 'machine'],
    ['review', FILLED, 'review'],
  ])(
    'goes no further than the first incomplete step when the URL asks for %j',
    (requested, values, shown) => {
      expect(stepToShow(requested, Object.keys(problemsOf(values)))).toBe(shown)
    },
  )
})
