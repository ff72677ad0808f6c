import { json, type Answer } from '../http/answer.ts'
import { attributesOf, integer, text } from '../http/attributes.ts'
import type { Call } from '../http/call.ts'
import { findDisc, type FoundMachine } from '../http/find.ts'
import { badValues, refusal } from '../http/refusal.ts'
import { rights } from '../rules/rights.ts'
import { messages } from '../rules/messages.ts'
import { statuses } from '../rules/statuses.ts'
import type { Backup, BackupSchedule, Disc } from '../state/records.ts'

const shownBackup = ({ disc_id, created_at, ...backup }: Backup) => ({
  ...backup,
  type: 'application/vnd.bigv.disc',
  manual: true,
  parent_disc_id: disc_id,
  created_at: new Date(created_at).toISOString(),
})

const shownSchedule = ({ id, start_at, interval_seconds, capacity }: BackupSchedule) => ({
  id,
  start_at,
  interval_seconds,
  capacity,
})

const discToChange = (call: Call): FoundMachine & { disc: Disc } => {
  const found = findDisc(call, rights.changeMachine.value)
  if (found.machine.deleted) throw refusal('deleted')
  return found
}

/** GET .../discs/ID/backups [client] */
export const listBackups = (call: Call): Answer =>
  json(200, call.brain.store.backups.by('disc', findDisc(call).disc.id).map(shownBackup))

/** POST .../discs/ID/backups: an empty body will do; the official client needs a JSON object back. [client] */
export const createBackup = (call: Call): Answer => {
  const { store } = call.brain
  const { disc } = discToChange(call)
  const id = store.backups.nextId()
  const label = `${disc.label}-backup-${id}`
  const { size, storage_grade } = disc
  const created_at = call.brain.wallClock()
  return json(
    201,
    shownBackup(store.backups.put({ id, disc_id: disc.id, label, size, storage_grade, created_at })),
  )
}

/** GET .../discs/ID/backup_schedules [choice] */
export const listSchedules = (call: Call): Answer =>
  json(200, call.brain.store.backupSchedules.by('disc', findDisc(call).disc.id).map(shownSchedule))

/** POST .../discs/ID/backup_schedules; a missing interval is answered with a text, not a list. [client][fixture] */
export const createSchedule = (call: Call): Answer => {
  const { store } = call.brain
  const { disc } = discToChange(call)
  if (call.body['interval_seconds'] === undefined)
    throw badValues({ interval_seconds: messages.missingParameter('interval_seconds') })
  const values = attributesOf(call.body, {
    start_at: text(),
    interval_seconds: integer({ min: 1, max: 366 * 86_400 }),
    capacity: integer({ min: 0, max: 1000 }),
  })
  const { start_at = '00:00', interval_seconds = 0, capacity = 0 } = values
  const id = store.backupSchedules.nextId()
  const schedule = store.backupSchedules.put({ id, disc_id: disc.id, start_at, interval_seconds, capacity })
  return json(statuses.post.value, shownSchedule(schedule))
}
