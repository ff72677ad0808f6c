import { expect, test } from 'vitest'
import { sourceProblem, targetProblem } from './discs.ts'

const DISC = { id: 5, label: 'data', size: 2048 }
const vm = { id: 8, name: 'db1', power_on: false, autoreboot_on: false, cores: 1, memory: 1024, discs: [] }
const eight = Array.from({ length: 8 }, (_, id) => ({ id, label: `d${id}`, size: 50 }))

test('a disc leaves a machine that is off and stays so', () => {
  expect(sourceProblem(vm)).toBeNull()
  expect(sourceProblem({ ...vm, power_on: true })).toMatch(/running/)
  expect(sourceProblem({ ...vm, autoreboot_on: true })).toMatch(/turning it on again/)
})

test.each([
  [{}, false, null],
  [{ discs: eight.slice(1) }, false, null],
  [{ deleted: true }, false, 'db1 is deleted.'],
  [{}, true, 'db1 is still being created.'],
  [{ power_on: true }, false, 'db1 is running. Shut it down first.'],
  [{ autoreboot_on: true }, false, 'BigV is turning db1 on again. Stop it first.'],
  [{ discs: eight }, false, 'db1 has eight discs already, which is the most.'],
  [{ discs: [{ ...DISC, id: 9 }] }, false, 'db1 has a disc called data already. Rename this one first.'],
])('a disc goes to a machine with %j, being created %s: %s', (given, creating, problem) => {
  expect(targetProblem(DISC, { vm: { ...vm, ...given }, creating })).toBe(problem)
})
