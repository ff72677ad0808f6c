import { describe, expect, test } from 'vitest'
import { machine } from '../api/testing/machines.ts'
import { machineActions, type MachineActionName } from './index.ts'

type Given = { action: MachineActionName; expects: unknown }
const seen = { answeredAt: 0, headBefore: null, offSeen: false, headMoved: false, timesSeenOn: 0 }
const checkDisc = ({ action, expects }: Given, vm: object, other?: object) => {
  const found = machineActions[action].watch?.isDone({
    at: 1,
    vm: { ...machine(), name: 'web', discs: null, network_interfaces: null, ...vm },
    creating: false,
    other: other && { ...machine(), name: 'db', discs: null, network_interfaces: null, ...other },
    seen,
    expected: expects,
  })
  return found === true ? { is: 'done', note: '' } : found === false ? { is: 'waiting' } : found
}

const DISC = { id: 5, label: 'data', size: 2048, storage_grade: 'sata' }
const MACHINE = { discs: [{ ...DISC, id: 4, label: 'disc-1' }, DISC], power_on: false }
const AFTER_RESTART = 'The guest sees it after a restart.'

describe('an operation on a disc', () => {
  test('is done when what was written is read, and tells a running guest to restart', () => {
    const change = { action: 'change_disc', expects: { id: 5, size: 2048 } } as const
    expect(checkDisc(change, MACHINE)).toEqual({ is: 'done', note: '' })
    expect(checkDisc(change, { ...MACHINE, power_on: true })).toEqual({ is: 'done', note: AFTER_RESTART })
    const add = { action: 'add_disc', expects: { label: 'data', size: 2048 } } as const
    expect(checkDisc(add, MACHINE)).toEqual({ is: 'done', note: '' })
  })

  test('is contradicted, each value by name, when another is read', () => {
    const change = {
      action: 'change_disc',
      expects: { id: 5, label: 'data', size: 4096, storage_grade: 'ssd' },
    } as const
    expect(checkDisc(change, MACHINE)).toEqual({
      is: 'superseded',
      note:
        'size of data reads 2048 MiB, not the 4096 MiB that was written: BigV took the request, but not this. ' +
        'storage_grade of data reads sata, not the ssd that was written: BigV took the request, but not this.',
    })
    const gone = { ...change, expects: { id: 9, size: 1 } }
    expect(checkDisc(gone, MACHINE)).toMatchObject({ is: 'superseded' })
  })

  test('waits for a new disc to come, and for a purged one to go', () => {
    expect(checkDisc({ action: 'add_disc', expects: { label: 'new' } }, MACHINE)).toEqual({ is: 'waiting' })
    const purge = { action: 'purge_disc', expects: { id: 5 } } as const
    expect(checkDisc(purge, MACHINE)).toEqual({ is: 'waiting' })
    expect(checkDisc(purge, { ...MACHINE, discs: [] })).toEqual({ is: 'done', note: '' })
  })

  test('that moves it is done when it is here no more, and seen at the other machine', () => {
    const move = { action: 'move_disc', expects: { id: 5, virtual_machine_id: 8 } } as const
    const left = { ...MACHINE, discs: [] }
    expect(checkDisc(move, left, { name: 'db1', discs: [] })).toEqual({ is: 'waiting' })
    expect(checkDisc(move, left, { name: 'db1', discs: [DISC] })).toEqual({
      is: 'done',
      note: 'db1 has it now.',
    })
    expect(checkDisc(move, left, { name: 'db1' })).toMatchObject({
      is: 'done',
      note: expect.stringContaining('does not say which discs'),
    })
    const dropped = { ...MACHINE, discs: [{ ...DISC, virtual_machine_id: 7 }] }
    expect(checkDisc(move, dropped)).toMatchObject({
      is: 'superseded',
      note: expect.stringContaining('virtual_machine_id of data reads 7, not the 8'),
    })
  })

  test('claims nothing where the discs are not told, and says nothing of other operations', () => {
    const purge = { action: 'purge_disc', expects: { id: 5 } } as const
    expect(checkDisc(purge, { power_on: true })).toEqual({
      is: 'done',
      note: 'BigV took it, but does not say which discs the machine has now.',
    })
  })
})
