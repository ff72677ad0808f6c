import { rights, scopeOf } from '../access/rights.ts'
import { jsonText, noContent, type Answer } from '../http/app.ts'
import {
  attributesOf,
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
import { addDisc, freeLabel, type NewDisc } from '../machine/create.ts'
import { limits, words } from '../rules/limits.ts'
import { badValues, messages, refusal, tooMany, type FieldErrors } from '../rules/refusals.ts'
import type { Disc, Id, Machine } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { newSchedules, shownSchedule } from './backups.ts'
import { definitions } from './definitions.ts'

// docs/bigv-api.md#8-discs

/** The settable attributes of a disc; `size` is in MiB. */
const discReaders = {
  // Accepts labels like vda, the only ones that older clients know (docs/bigv-api.md#12-contradictions)
  label: orNone(text({ max: 255 })),
  size: integer({ min: 50, max: 2 * 1024 * 1024 }),
  storage_grade: oneOf(definitions.storage_grades),
}

/** A new machine's disc may have schedules, and older clients send the disc's size as a string: docs/bigv-api.md#creation */
const newMachineDiscReaders = {
  ...discReaders,
  size: orDigits(discReaders.size),
  backup_schedules: newSchedules,
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

/** Their row in `parts.ts`. */
export const discs = {
  overview: { list: 'discs', type: 'disc' },
  text: discText,
  all: { POST: createDisc },
  one: { PUT: updateDisc, DELETE: deleteDisc },
}
