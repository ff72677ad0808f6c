import { expect, test } from 'vitest'
import { backupExpected, judgeBackup } from './done-backup.ts'

const DISC = { id: 5, label: 'data', size: 2048, backup_count: 2 }
const discs = [DISC]
const having = (given: object) => ({
  discs: [{ ...DISC, backup_schedules: [{ id: 1, interval_seconds: 3600, capacity: 2, ...given }] }],
})

test('a backup is done when the disc has one more', () => {
  const backup = { action: 'backup_disc', expects: backupExpected(DISC) } as const
  expect(judgeBackup(backup, { discs })).toEqual({ is: 'waiting' })
  expect(judgeBackup(backup, { discs: [{ ...DISC, backup_count: 3 }] })).toEqual({ is: 'done', note: '' })
  expect(judgeBackup(backup, { discs: [] })).toMatchObject({ is: 'overtaken' })
})

test('a brain that tells neither backups nor schedules is taken by its answer, which is said', () => {
  const older = { id: 5, label: 'data', size: 2048 }
  const backup = { action: 'backup_disc', expects: backupExpected(older) } as const
  expect(judgeBackup(backup, { discs: [older] })).toMatchObject({
    is: 'done',
    note: expect.stringContaining('does not say how many'),
  })
  const schedule = {
    action: 'schedule_backups',
    expects: { id: 5, interval_seconds: 60, capacity: 1 },
  } as const
  expect(judgeBackup(schedule, { discs: [older] })).toMatchObject({
    is: 'done',
    note: expect.stringContaining('does not say which'),
  })
  expect(judgeBackup(backup, {})).toMatchObject({ is: 'done' })
})

test('a schedule is done when the disc has one with its interval and capacity', () => {
  const expects = { id: 5, start_at: '00:00', interval_seconds: 3600, capacity: 2 }
  const schedule = { action: 'schedule_backups', expects } as const
  expect(judgeBackup(schedule, having({ start_at: '2026-01-01 00:00:00 UTC' }))).toEqual({
    is: 'done',
    note: '',
  })
  expect(judgeBackup(schedule, having({ capacity: 1 }))).toEqual({ is: 'waiting' })
  expect(judgeBackup({ action: 'start', expects: null }, { discs })).toBeNull()
})
