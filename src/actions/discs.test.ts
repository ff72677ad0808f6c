import { describe, expect, test } from 'vitest'
import { sourceProblem, targetProblem } from './discs.ts'
import { check } from './testing/check.ts'

const DISC = { id: 5, label: 'data', size: 2048, storage_grade: 'sata' }
const MACHINE = { discs: [{ ...DISC, id: 4, label: 'disc-1' }, DISC], power_on: false }
const AFTER_RESTART = 'The guest sees it after a restart.'

describe('an action on a disc', () => {
  test('is done once a fetch shows the new values; its note says that the guest must restart', () => {
    const change = { action: 'change_disc', expects: { id: 5, size: 2048 } } as const
    expect(check(change, MACHINE)).toEqual({ is: 'done', note: '' })
    expect(check(change, { ...MACHINE, power_on: true })).toEqual({ is: 'done', note: AFTER_RESTART })
    const add = { action: 'add_disc', expects: { label: 'data', size: 2048 } } as const
    expect(check(add, MACHINE)).toEqual({ is: 'done', note: '' })
  })

  test('ends as superseded if a fetch shows other values, which its note names', () => {
    const change = {
      action: 'change_disc',
      expects: { id: 5, label: 'data', size: 4096, storage_grade: 'ssd' },
    } as const
    expect(check(change, MACHINE)).toEqual({
      is: 'superseded',
      note:
        'BigV accepted the request, but the size of data is 2 GiB, not 4 GiB. ' +
        'BigV accepted the request, but the storage grade of data is sata, not ssd.',
    })
    const gone = { ...change, expects: { id: 9, size: 1 } }
    expect(check(gone, MACHINE)).toMatchObject({ is: 'superseded' })
  })

  test('is done once a new disc appears, or once a purged disc is gone', () => {
    expect(check({ action: 'add_disc', expects: { label: 'new' } }, MACHINE)).toEqual({ is: 'waiting' })
    const purge = { action: 'purge_disc', expects: { id: 5 } } as const
    expect(check(purge, MACHINE)).toEqual({ is: 'waiting' })
    expect(check(purge, { ...MACHINE, discs: [] })).toEqual({ is: 'done', note: '' })
  })

  test('is done, if it moves the disc, once the disc is on the other machine only', () => {
    const move = { action: 'move_disc', expects: { id: 5, virtual_machine_id: 8 } } as const
    const left = { ...MACHINE, discs: [] }
    expect(check(move, left, { name: 'db1', discs: [] })).toEqual({ is: 'waiting' })
    expect(check(move, left, { name: 'db1', discs: [DISC] })).toEqual({
      is: 'done',
      note: 'The disc is now on db1.',
    })
    expect(check(move, left, { name: 'db1' })).toMatchObject({
      is: 'done',
      note: expect.stringContaining('other machine’s discs aren’t known'),
    })
    const dropped = { ...MACHINE, discs: [{ ...DISC, virtual_machine_id: 7 }] }
    expect(check(move, dropped)).toMatchObject({
      is: 'superseded',
      note: expect.stringContaining('the machine id of data is 7, not 8'),
    })
  })

  test('is done as soon as BigV accepts it, with a note, if BigV lists no discs', () => {
    const purge = { action: 'purge_disc', expects: { id: 5 } } as const
    expect(check(purge, { power_on: true })).toEqual({
      is: 'done',
      note: 'BigV accepted the request, but its answer doesn’t list the discs, so the change couldn’t be confirmed.',
    })
  })
})

const vm = { id: 8, name: 'db1', power_on: false, autoreboot_on: false, cores: 1, memory: 1024, discs: [] }
const eight = Array.from({ length: 8 }, (_, id) => ({ id, label: `d${id}`, size: 50 }))

test('a disc can only leave a machine that is off and won’t restart', () => {
  expect(sourceProblem(vm)).toBeNull()
  expect(sourceProblem({ ...vm, power_on: true })).toMatch(/^The machine is running/)
  expect(sourceProblem({ ...vm, autoreboot_on: true })).toMatch(/turning the machine back on/)
})

test.each([
  ['can be moved to a machine that is off', {}, false, null],
  ['can be moved to a machine with seven discs', { discs: eight.slice(1) }, false, null],
  ['can’t be moved to a deleted machine', { deleted: true }, false, 'db1 is deleted.'],
  ['can’t be moved to a machine that is being created', {}, true, 'db1 is still being created.'],
  ['can’t be moved to a running machine', { power_on: true }, false, 'db1 is running. Shut it down first.'],
  [
    'can’t be moved to a machine that BigV is turning back on',
    { autoreboot_on: true },
    false,
    'BigV is turning db1 back on. Force stop it first.',
  ],
  ['can’t be moved to a machine with eight discs', { discs: eight }, false, 'db1 already has 8 of 8 discs.'],
  [
    'can’t be moved to a machine with a disc of the same label',
    { discs: [{ ...DISC, id: 9 }] },
    false,
    'db1 already has a disc called data. Rename this one first.',
  ],
])('a disc %s', (_, given, creating, problem) => {
  expect(targetProblem(DISC, { vm: { ...vm, ...given }, creating })).toBe(problem)
})
