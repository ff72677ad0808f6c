import { expect, test } from 'vitest'
import { machine } from '../api/testing/machines.ts'
import type { Disc } from '../api/virtual-machines.ts'
import { machineActions } from './index.ts'
import { check } from './testing/check.ts'

const backupExpected = (disc: Disc) =>
  machineActions.backup_disc.expects?.({ id: disc.id } as never, { ...machine(), discs: [disc] }, undefined)

const DISC = { id: 5, label: 'data', size: 2048, backup_count: 2 }
const discs = [DISC]
const having = (given: object) => ({
  discs: [{ ...DISC, backup_schedules: [{ id: 1, interval_seconds: 3600, capacity: 2, ...given }] }],
})
const scheduled = (...capacities: number[]) => ({
  discs: [
    {
      ...DISC,
      backup_schedules: capacities.map((capacity, id) => ({ id, interval_seconds: 3600, capacity })),
    },
  ],
})

test('a backup is done once the disc has one more backup than before', () => {
  const backup = { action: 'backup_disc', expects: backupExpected(DISC) } as const
  expect(check(backup, { discs })).toEqual({ is: 'waiting' })
  expect(check(backup, { discs: [{ ...DISC, backup_count: 3 }] })).toEqual({ is: 'done', note: '' })
  expect(check(backup, { discs: [] })).toMatchObject({ is: 'superseded' })
})

test('an action is done with BigV’s answer if BigV lists no backups or schedules', () => {
  const older = { id: 5, label: 'data', size: 2048 }
  const backup = { action: 'backup_disc', expects: backupExpected(older) } as const
  expect(check(backup, { discs: [older] })).toMatchObject({
    is: 'done',
    note: expect.stringContaining('doesn’t count the backups'),
  })
  const schedule = {
    action: 'schedule_backups',
    expects: { id: 5, interval_seconds: 60, capacity: 1 },
  } as const
  expect(check(schedule, { discs: [older] })).toMatchObject({
    is: 'done',
    note: expect.stringContaining('doesn’t list the schedules'),
  })
  expect(check(backup, {})).toMatchObject({ is: 'done' })
})

test('a new schedule is done once the disc has a schedule with its interval and capacity', () => {
  const expects = { id: 5, start_at: '00:00', interval_seconds: 3600, capacity: 2 }
  const schedule = { action: 'schedule_backups', expects } as const
  expect(check(schedule, having({ start_at: '2026-01-01 00:00:00 UTC' }))).toEqual({
    is: 'done',
    note: '',
  })
  expect(check(schedule, having({ capacity: 1 }))).toEqual({ is: 'waiting' })
})

test('a second schedule of the same kind is done once the disc has one more', () => {
  const schedule = { start_at: '00:00', interval_seconds: 3600, capacity: 2 }
  const before = { ...machine(), ...scheduled(2, 1) }
  const expects = machineActions.schedule_backups.expects?.({ id: 5, schedule } as never, before, undefined)
  const again = { action: 'schedule_backups', expects } as const
  expect(check(again, before)).toEqual({ is: 'waiting' })
  expect(check(again, scheduled(2, 1, 1))).toEqual({ is: 'waiting' })
  expect(check(again, scheduled(2, 1, 2))).toEqual({ is: 'done', note: '' })
})
