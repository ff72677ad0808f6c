import { expect, test } from 'vitest'
import { newDisc, newValues, type CreateValues } from './form-values.ts'
import { summaryOf, summaryParts } from './summary.ts'

const DISCS = [
  { ...newDisc('disc-1'), size: '25' },
  { ...newDisc('data'), size: '100' },
]
const TWO_CORES = { cores: '2', memory: '4', discs: DISCS, distribution: 'wheezy' }

test.each<[string, Partial<CreateValues>, string]>([
  ['all parts', TWO_CORES, '2 cores · 4 GiB · 125 GiB · Debian 7'],
  ['no image yet', {}, '1 core · 1 GiB · 25 GiB'],
  ['no discs and no image', { discs: [], system: 'none' }, '1 core · 1 GiB · no discs · no image'],
  [
    'only valid numbers',
    { ...TWO_CORES, cores: '', memory: 'x', discs: [newDisc('a'), { ...newDisc('b'), size: '' }] },
    'Debian 7',
  ],
])('the summary has %s', (_, change, line) => {
  const parts = summaryParts(summaryOf({ ...newValues(), ...change }))
  expect(parts.map(({ text }) => text).join(' · ')).toBe(line)
})

test('the summary says how many machines a pattern means', () => {
  const names = ['web1', 'web{1..3}', ''].map((name) => summaryOf({ ...newValues(), name }).name)
  expect(names).toEqual(['web1', 'web{1..3} (3 machines)', ''])
})
