import { expect, test } from 'vitest'
import { machine } from '../api/testing/machines.ts'
import type { Disc } from '../api/virtual-machines.ts'
import { machineActions, type MachineActionName } from './index.ts'

type Given = { action: MachineActionName; expects: unknown }
const seen = { answeredAt: 0, headBefore: null, offSeen: false, headMoved: false, timesSeenOn: 0 }
const checkBackup = ({ action, expects }: Given, vm: object, other?: object) => {
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
const backupExpected = (disc: Disc) =>
  machineActions.backup_disc.expects?.({ id: disc.id } as never, { ...machine(), discs: [disc] }, undefined)

const DISC = { id: 5, label: 'data', size: 2048, backup_count: 2 }
const discs = [DISC]
const having = (given: object) => ({
  discs: [{ ...DISC, backup_schedules: [{ id: 1, interval_seconds: 3600, capacity: 2, ...given }] }],
})

test('a backup is done when the disc has one more', () => {
  const backup = { action: 'backup_disc', expects: backupExpected(DISC) } as const
  expect(checkBackup(backup, { discs })).toEqual({ is: 'waiting' })
  expect(checkBackup(backup, { discs: [{ ...DISC, backup_count: 3 }] })).toEqual({ is: 'done', note: '' })
  expect(checkBackup(backup, { discs: [] })).toMatchObject({ is: 'superseded' })
})

test('a brain that tells neither backups nor schedules is taken by its answer, which is said', () => {
  const older = { id: 5, label: 'data', size: 2048 }
  const backup = { action: 'backup_disc', expects: backupExpected(older) } as const
  expect(checkBackup(backup, { discs: [older] })).toMatchObject({
    is: 'done',
    note: expect.stringContaining('does not say how many'),
  })
  const schedule = {
    action: 'schedule_backups',
    expects: { id: 5, interval_seconds: 60, capacity: 1 },
  } as const
  expect(checkBackup(schedule, { discs: [older] })).toMatchObject({
    is: 'done',
    note: expect.stringContaining('does not say which'),
  })
  expect(checkBackup(backup, {})).toMatchObject({ is: 'done' })
})

test('a schedule is done when the disc has one with its interval and capacity', () => {
  const expects = { id: 5, start_at: '00:00', interval_seconds: 3600, capacity: 2 }
  const schedule = { action: 'schedule_backups', expects } as const
  expect(checkBackup(schedule, having({ start_at: '2026-01-01 00:00:00 UTC' }))).toEqual({
    is: 'done',
    note: '',
  })
  expect(checkBackup(schedule, having({ capacity: 1 }))).toEqual({ is: 'waiting' })
})
