import { json, noContent, type Answer } from '../http/app.ts'
import { attributesOf, flag, hashes, integer, text } from '../http/attributes.ts'
import { findPart, findPartToChange, queryFlag, type Call } from '../http/find.ts'
import { addSchedule } from '../machine/create.ts'
import { limits, times } from '../rules/limits.ts'
import { badValues, messages, refusal } from '../rules/refusals.ts'
import type { Backup, BackupSchedule, Disc } from '../state/records.ts'
import type { Store } from '../state/store.ts'

// Backups and their schedules: docs/bigv-api.md#8-discs

const shownBackup = ({ disc_id, created_at, contents: _contents, arrives: _arrives, ...backup }: Backup) => ({
  ...backup,
  type: 'application/vnd.bigv.disc',
  manual: true,
  parent_disc_id: disc_id,
  created_at: new Date(created_at).toISOString(),
})

/** The JSON of a schedule. */
export const shownSchedule = ({ id, start_at, interval_seconds, capacity }: BackupSchedule) => ({
  id,
  start_at,
  interval_seconds,
  capacity,
})

/** GET .../discs/ID/backups */
export const listBackups = (call: Call): Answer =>
  json(200, call.bigv.store.backups.by('disc', findPart(call, 'discs').part.id).map(shownBackup))

/** Adds a backup of a disc. It starts on the disc's own storage, and is moved to backup storage in the background (`bigv.ts`). */
const addBackup = (store: Store, disc: Disc, now: number): Backup => {
  const id = store.backups.nextId()
  return store.backups.put({
    id,
    disc_id: disc.id,
    label: `${disc.label}-backup-${id}`,
    size: disc.size,
    storage_grade: disc.storage_grade,
    contents: disc.contents,
    created_at: Date.now(),
    arrives: now + times.backup,
  })
}

/** POST .../discs/ID/backups: backs up a disc; the body may be empty. The official client needs a JSON object in the answer. */
export const createBackup = (call: Call): Answer => {
  const { store, clock } = call.bigv
  return json(201, shownBackup(addBackup(store, findPartToChange(call, 'discs').part, clock.now())))
}

/** The backup that the path names by id or label. */
const backupOf = (call: Call, disc: Disc): Backup => {
  const part = call.params['backup'] ?? ''
  const backups = call.bigv.store.backups.by('disc', disc.id)
  const backup = backups.find(({ id }) => String(id) === part) ?? backups.find(({ label }) => label === part)
  if (!backup) throw refusal('missing')
  return backup
}

/** GET .../backups/ID */
export const showBackup = (call: Call): Answer =>
  json(200, shownBackup(backupOf(call, findPart(call, 'discs').part)))

/** Begins to restore a backup, after a backup of the disc's present contents. */
const startRestore = (store: Store, disc: Disc, { contents }: Backup, now: number): void => {
  addBackup(store, disc, now)
  store.discs.put({ ...disc, restoring: { due: now + times.restore, contents } })
}

/**
 * PUT .../backups/ID {"restore":true}: restores the backup to its disc in the background. The machine may be on, since no
 * source says that the machine must be off.
 */
export const updateBackup = (call: Call): Answer => {
  const { store, clock } = call.bigv
  const { part: disc } = findPartToChange(call, 'discs')
  const backup = backupOf(call, disc)
  const { restore } = attributesOf(call.body, { restore: flag })
  if (restore && disc.restoring) throw refusal('restoring')
  if (restore && backup.arrives) throw refusal('backup_in_progress')
  if (restore) store.transaction(() => startRestore(store, disc, backup, clock.now()))
  return json(200, shownBackup(backup))
}

/** DELETE .../backups/ID: needs purge=true, like the DELETE of a disc. */
export const deleteBackup = (call: Call): Answer => {
  const backup = backupOf(call, findPartToChange(call, 'discs').part)
  if (!queryFlag(call, 'purge')) throw refusal('disc_purge')
  call.bigv.store.remove('backups', backup.id)
  return noContent()
}

const scheduleReaders = {
  start_at: text(),
  interval_seconds: integer(limits.seconds),
  capacity: integer({ min: 0, max: 1000 }),
}

/** Accepts the schedules of a new machine's disc. */
export const newSchedules = hashes(scheduleReaders, ['interval_seconds'])

/** GET .../discs/ID/backup_schedules */
export const listSchedules = (call: Call): Answer =>
  json(200, call.bigv.store.backupSchedules.by('disc', findPart(call, 'discs').part.id).map(shownSchedule))

/**
 * POST .../discs/ID/backup_schedules: the error for a missing interval is a string, not a list of strings as for other
 * attributes.
 */
export const createSchedule = (call: Call): Answer => {
  const { store } = call.bigv
  const { part: disc } = findPartToChange(call, 'discs')
  if (call.body['interval_seconds'] === undefined)
    throw badValues({ interval_seconds: messages.missingParameter('interval_seconds') })
  const values = attributesOf(call.body, scheduleReaders)
  return json(201, shownSchedule(addSchedule(store, disc, values)))
}

/** DELETE .../discs/ID/backup_schedules/ID */
export const deleteSchedule = (call: Call): Answer => {
  const { store } = call.bigv
  const { part: disc } = findPartToChange(call, 'discs')
  const schedules = store.backupSchedules.by('disc', disc.id)
  const schedule = schedules.find(({ id }) => String(id) === call.params['schedule'])
  if (!schedule) throw refusal('missing')
  store.remove('backupSchedules', schedule.id)
  return noContent()
}
