import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountTotals, totalsOf } from './totals.ts'

const disc = (size: number, storage_grade: string | null = 'sata') => ({
  id: 1,
  label: 'vda',
  size,
  storage_grade,
})
const vm = (given: object = {}) => ({
  id: 1,
  power_on: true,
  cores: 2,
  memory: 1024,
  discs: [disc(25_600)],
  ...given,
})

test('totalsOf adds up cores, memory and discs by grade, without deleted machines', () => {
  expect(
    totalsOf([
      vm(),
      vm({ power_on: false, cores: 1, discs: [disc(100, 'archive'), disc(10), disc(1, null)] }),
      vm({ deleted: true, discs: [disc(7, 'ssd')] }),
      vm({ discs: undefined, memory: 512 }),
    ]),
  ).toEqual({
    machines: 3,
    running: 2,
    deleted: 1,
    cores: 5,
    memory: 2_560,
    disc: 25_711,
    inUse: { cores: 4, memory: 1_536 },
    grades: { archive: 100, sata: 25_610, unknown: 1 },
  })
})

test('an empty group has zero totals', () => {
  expect(accountTotals({ groups: [{ id: 1, name: 'empty' }] }).groups).toEqual([
    {
      id: 1,
      name: 'empty',
      machines: 0,
      running: 0,
      deleted: 0,
      cores: 0,
      memory: 0,
      disc: 0,
      inUse: { cores: 0, memory: 0 },
      grades: {},
    },
  ])
})

test('the totals of the groups add up to the total of the account', () => {
  const machines = fc.array(
    fc.record({
      id: fc.nat(),
      power_on: fc.boolean(),
      cores: fc.nat(64),
      memory: fc.nat(65_536),
      deleted: fc.boolean(),
      discs: fc.array(
        fc.tuple(fc.nat(1_000_000), fc.constantFrom('sata', 'ssd', null)).map(([s, g]) => disc(s, g)),
      ),
    }),
  )
  fc.assert(
    fc.property(fc.array(machines), (groups) => {
      const totals = accountTotals({
        groups: groups.map((virtual_machines, id) => ({
          id,
          name: `g${groups.length - id}`,
          virtual_machines,
        })),
      })
      for (const key of ['machines', 'running', 'deleted', 'cores', 'memory', 'disc'] as const) {
        expect(totals.groups.reduce((sum, group) => sum + group[key], 0)).toBe(totals.all[key])
      }
      for (const key of ['cores', 'memory'] as const) {
        expect(totals.groups.reduce((sum, { inUse }) => sum + inUse[key], 0)).toBe(totals.all.inUse[key])
        expect(totals.all.inUse[key]).toBeLessThanOrEqual(totals.all[key])
      }
      expect(Object.values(totals.all.grades).reduce((sum, size) => sum + size, 0)).toBe(totals.all.disc)
      expect(totals.groups.map(({ name }) => name)).toEqual(groups.map((_, index) => `g${index + 1}`))
    }),
  )
})
