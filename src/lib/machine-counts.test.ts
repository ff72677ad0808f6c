import { expect, test } from 'vitest'
import { countMachines, machinesInWords } from './machine-counts.ts'

const vm = (power_on: boolean, deleted?: boolean | null) => ({ power_on, deleted })

test('countMachines counts deleted machines separately, even one that BigV reports as running', () => {
  const vms = [vm(true), vm(true, null), vm(false), vm(false, true), vm(true, true)]
  expect(countMachines(vms)).toEqual({ machines: 3, running: 2, deleted: 2 })
  expect(countMachines([])).toEqual({ machines: 0, running: 0, deleted: 0 })
})

test.each([
  [{ machines: 0, deleted: 0 }, '0 machines'],
  [{ machines: 1, deleted: 0 }, '1 machine'],
  [{ machines: 36, deleted: 3 }, '36 machines plus 3 deleted'],
  [{ machines: 1, deleted: 1 }, '1 machine plus 1 deleted'],
  [{ machines: 0, deleted: 1 }, '1 deleted machine'],
  [{ machines: 0, deleted: 3 }, '3 deleted machines'],
])('machinesInWords returns $1', (counts, words) => {
  expect(machinesInWords(counts)).toBe(words)
})
