import { json, type Answer } from '../http/app.ts'
import { attributesOf, hashes, integer, text } from '../http/attributes.ts'
import { findDisc, findDiscToChange, type Call } from '../http/find.ts'
import { addSchedule } from '../machine/create.ts'
import { limits } from '../rules/limits.ts'
import { badValues, messages } from '../rules/refusals.ts'
import type { Backup, BackupSchedule } from '../state/records.ts'

// Backups of discs, and their schedules: docs/bigv-api.md#8-discs

const shownBackup = ({ disc_id, created_at, ...backup }: Backup) => ({
  ...backup,
  type: 'application/vnd.bigv.disc',
  manual: true,
  parent_disc_id: disc_id,
  created_at: new Date(created_at).toISOString(),
})

/** What is shown of a schedule. */
export const shownSchedule = ({ id, start_at, interval_seconds, capacity }: BackupSchedule) => ({
  id,
  start_at,
  interval_seconds,
  capacity,
})

/** GET .../discs/ID/backups */
export const listBackups = (call: Call): Answer =>
  json(200, call.bigv.store.backups.by('disc', findDisc(call).disc.id).map(shownBackup))

/** POST .../discs/ID/backups: an empty body will do; the official client needs a JSON object back. */
export const createBackup = (call: Call): Answer => {
  const { store } = call.bigv
  const { disc } = findDiscToChange(call)
  const id = store.backups.nextId()
  const label = `${disc.label}-backup-${id}`
  const { size, storage_grade } = disc
  const created_at = Date.now()
  return json(
    201,
    shownBackup(store.backups.put({ id, disc_id: disc.id, label, size, storage_grade, created_at })),
  )
}

const scheduleReaders = {
  start_at: text(),
  interval_seconds: integer(limits.seconds),
  capacity: integer({ min: 0, max: 1000 }),
}

/** Reads the schedules of a new machine's disc. */
export const newSchedules = hashes(scheduleReaders, ['interval_seconds'])

/** GET .../discs/ID/backup_schedules */
export const listSchedules = (call: Call): Answer =>
  json(200, call.bigv.store.backupSchedules.by('disc', findDisc(call).disc.id).map(shownSchedule))

/** POST .../discs/ID/backup_schedules; a missing interval is answered with a text, not a list. */
export const createSchedule = (call: Call): Answer => {
  const { store } = call.bigv
  const { disc } = findDiscToChange(call)
  if (call.body['interval_seconds'] === undefined)
    throw badValues({ interval_seconds: messages.missingParameter('interval_seconds') })
  const values = attributesOf(call.body, scheduleReaders)
  return json(201, shownSchedule(addSchedule(store, disc, values)))
}
