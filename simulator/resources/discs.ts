import { rights, scopeOf } from '../access/rights.ts'
import { json, jsonText, noContent, type Answer } from '../http/app.ts'
import {
  attributesOf,
  flag,
  hashes,
  id,
  integer,
  isHash,
  oneOf,
  orDigits,
  orNone,
  readAttributes,
  text,
  withoutNulls,
} from '../http/attributes.ts'
import {
  findMachineToChange,
  findPart,
  findPartToChange,
  queryFlag,
  requireLevel,
  requireUndeleted,
  type Call,
} from '../http/find.ts'
import { addDisc, addSchedule, freeLabel, type NewDisc } from '../machine/create.ts'
import { limits, times, words } from '../rules/limits.ts'
import { badValues, messages, refusal, tooMany, type FieldErrors } from '../rules/refusals.ts'
import type { Backup, BackupSchedule, Disc, Id, Machine } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { definitions } from './definitions.ts'

// Discs, their backups and schedules: docs/bigv-api.md#8-discs

/** The settable attributes of a disc; `size` is in MiB. */
const discReaders = {
  // Accepts labels like vda, the only ones that older clients know (docs/bigv-api.md#12-contradictions)
  label: orNone(text({ max: 255 })),
  size: integer({ min: 50, max: 2 * 1024 * 1024 }),
  storage_grade: oneOf(definitions.storage_grades),
}

const scheduleReaders = {
  start_at: text(),
  interval_seconds: integer(limits.seconds),
  capacity: integer({ min: 0, max: 1000 }),
}

/** A new machine's disc may have schedules, and older clients send the disc's size as a string: docs/bigv-api.md#creation */
const newMachineDiscReaders = {
  ...discReaders,
  size: orDigits(discReaders.size),
  backup_schedules: hashes(scheduleReaders, ['interval_seconds']),
}

/**
 * Checks the discs of a new machine. If any disc is invalid, `errors` has one object of messages per disc, which is empty
 * for a valid disc: docs/bigv-api.md#3-status-codes-and-error-bodies
 */
export const readDiscs = (wanted: readonly unknown[]): { discs: NewDisc[]; errors: FieldErrors } => {
  const labels: string[] = []
  const discs: NewDisc[] = []
  const errors = wanted.map((each): Record<string, string[]> => {
    if (!isHash(each)) return { base: [messages.invalid] }
    const { values, errors } = readAttributes(withoutNulls(each), newMachineDiscReaders, ['size'])
    const label = values.label ?? freeLabel(labels)
    if (labels.includes(label)) return { ...errors, label: [messages.taken] }
    labels.push(label)
    discs.push({ ...values, label, size: values.size ?? 0 })
    return errors
  })
  const bad = errors.some((each) => Object.keys(each).length > 0)
  return { discs, errors: bad ? { discs: errors } : {} }
}

/** The JSON of a schedule. */
const shownSchedule = ({ id, start_at, interval_seconds, capacity }: BackupSchedule) => ({
  id,
  start_at,
  interval_seconds,
  capacity,
})

/**
 * The JSON text of a disc. While a backup is being restored, the disc shows the storage grade of backups:
 * docs/bigv-api.md#8-discs
 */
export const discText = (store: Store, disc: Disc): string => {
  const schedules = store.backupSchedules.by('disc', disc.id)
  return JSON.stringify({
    id: disc.id,
    label: disc.label,
    size: disc.size,
    virtual_machine_id: disc.virtual_machine_id,
    storage_pool: disc.storage_pool,
    storage_grade: disc.restoring ? words.backupGrade : disc.storage_grade,
    ...(disc.restoring && { new_storage_grade: disc.storage_grade }),
    backup_count: store.backups.count('disc', disc.id),
    backup_schedules: schedules.map(shownSchedule),
    backups_enabled: schedules.length > 0,
  })
}

const labelIsTaken = (store: Store, machineId: Id, label: string, own?: Disc): boolean =>
  store.discs.by('machine', machineId).some((disc) => disc.label === label && disc.id !== own?.id)

const requireRoom = (store: Store, machine: Machine): void => {
  const most = limits.discsPerMachine
  if (store.discs.count('machine', machine.id) >= most) throw tooMany('discs', most)
}

/** POST .../discs: works while the machine runs, but the guest sees the new disc only after a restart. */
const createDisc = (call: Call): Answer => {
  const { store } = call.bigv
  const { machine } = findMachineToChange(call)
  const { values, errors } = readAttributes(call.body, discReaders, ['size'])
  const { size = 0, ...rest } = values
  if (rest.label && labelIsTaken(store, machine.id, rest.label)) errors['label'] = [messages.taken]
  if (Object.keys(errors).length > 0) throw badValues(errors)
  requireRoom(store, machine)
  return jsonText(201, discText(store, addDisc(store, machine, { size, ...rest })))
}

/** The machine that a disc moves to. Both machines must be off, and the target machine must have room for the disc. */
const targetOfMove = (call: Call, machine: Machine, disc: Disc, targetId: Id): Machine => {
  const { store } = call.bigv
  const target = store.machines.get(targetId)
  if (!target) throw badValues({ virtual_machine_id: [messages.invalid] })
  requireLevel(call, scopeOf(store, { machine: target }), rights.changeMachine)
  if (target.id === machine.id) return target
  requireUndeleted(target)
  if (target.power_on || machine.power_on) throw refusal('disc_move_needs_off')
  requireRoom(store, target)
  if (labelIsTaken(store, target.id, disc.label)) throw badValues({ label: [messages.taken] })
  return target
}

/** PUT .../discs/ID: changes the label or storage grade, grows the disc, or moves it to another machine. */
const updateDisc = (call: Call): Answer => {
  const { store } = call.bigv
  const { part: disc, machine } = findPartToChange(call, 'discs')
  const { virtual_machine_id = machine.id, ...values } = attributesOf(call.body, {
    ...discReaders,
    virtual_machine_id: id,
  })
  const next = { ...disc, ...values, label: values.label ?? disc.label }
  if (next.size < disc.size) throw refusal('disc_shrink')
  const target = targetOfMove(call, machine, next, virtual_machine_id)
  if (labelIsTaken(store, target.id, next.label, disc)) throw badValues({ label: [messages.taken] })
  return jsonText(200, discText(store, store.discs.put({ ...next, virtual_machine_id })))
}

/** DELETE .../discs/ID: deletes the disc with purge=true; without it, the documents say that BigV answers 500. */
const deleteDisc = (call: Call): Answer => {
  const { machine, part } = findPart(call, 'discs', rights.changeMachine)
  if (!queryFlag(call, 'purge')) throw refusal('disc_purge')
  requireUndeleted(machine)
  call.bigv.store.remove('discs', part.id)
  return noContent()
}

/** How `parts.ts` handles discs. */
export const discs = {
  overview: { list: 'discs', type: 'disc' },
  text: discText,
  all: { POST: createDisc },
  one: { PUT: updateDisc, DELETE: deleteDisc },
}

// Backups

const shownBackup = ({ disc_id, created_at, contents: _contents, arrives: _arrives, ...backup }: Backup) => ({
  ...backup,
  type: 'application/vnd.bigv.disc',
  manual: true,
  parent_disc_id: disc_id,
  created_at: new Date(created_at).toISOString(),
})

/** GET .../discs/ID/backups */
export const listBackups = (call: Call): Answer =>
  json(200, call.bigv.store.backups.by('disc', findPart(call, 'discs').part.id).map(shownBackup))

/** Adds a backup of a disc, on the disc's own storage. `bigv.ts` moves it to backup storage later. */
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

// Backup schedules

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
