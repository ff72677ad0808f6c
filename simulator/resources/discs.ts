import { jsonText, noContent, type Answer } from '../http/answer.ts'
import { attributesOf, integer, readAttributes } from '../http/attributes.ts'
import { says, type Call } from '../http/call.ts'
import { findDisc, findMachine, findMachineToChange, need, type FoundMachine } from '../http/find.ts'
import { badValues, refusal } from '../http/refusal.ts'
import { listText } from '../http/views.ts'
import { scopeOf } from '../access/rights.ts'
import { addDisc, removeDisc } from '../machine/discs.ts'
import { rights } from '../rules/rights.ts'
import { limits } from '../rules/limits.ts'
import { messages } from '../rules/messages.ts'
import { statuses } from '../rules/statuses.ts'
import type { Disc, Id, Machine } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { discAttributes } from './disc-attributes.ts'

/** GET .../discs: those of a deleted machine too, though they cannot be changed. [choice] */
export const listDiscs = (call: Call): Answer => {
  const { machine } = findMachine(call)
  const { store, views } = call.brain
  return jsonText(200, listText(store.discs.by('machine', machine.id).map((disc) => views.disc(disc))))
}

/** GET .../discs/ID, and /discs/ID */
export const showDisc = (call: Call): Answer => jsonText(200, call.brain.views.disc(findDisc(call).disc))

const labelIsTaken = (store: Store, machineId: Id, label: string, own?: Disc): boolean =>
  store.discs.by('machine', machineId).some((disc) => disc.label === label && disc.id !== own?.id)

/** POST .../discs: works while the machine runs, but shows in it after a restart only. [docs] */
export const createDisc = (call: Call): Answer => {
  const { store, views } = call.brain
  const { machine } = findMachineToChange(call, rights.changeMachine.value)
  const { values, errors } = readAttributes(call.body, discAttributes, ['size'])
  const { size = 0, ...rest } = values
  if (rest.label && labelIsTaken(store, machine.id, rest.label)) errors['label'] = [messages.taken]
  if (Object.keys(errors).length > 0) throw badValues(errors)
  if (store.discs.count('machine', machine.id) >= limits.discsPerMachine.value)
    throw refusal('too_many_discs')
  return jsonText(statuses.post.value, views.disc(addDisc(store, machine, { size, ...rest })))
}

/** Returns the machine that a disc is to be moved to; both must be off, and it must have room. [client] */
const targetOfMove = (call: Call, { machine, disc }: FoundMachine & { disc: Disc }, id: Id): Machine => {
  const { store } = call.brain
  const target = store.machines.get(id)
  if (!target) throw badValues({ virtual_machine_id: [messages.invalid] })
  need(call, scopeOf(store, { machine: target }), rights.changeMachine.value)
  if (target.id === machine.id) return target
  if (target.deleted) throw refusal('deleted')
  if (target.power_on || machine.power_on) throw refusal('disc_move_needs_off')
  if (store.discs.count('machine', target.id) >= limits.discsPerMachine.value) throw refusal('too_many_discs')
  if (labelIsTaken(store, target.id, disc.label)) throw badValues({ label: [messages.taken] })
  return target
}

/** PUT .../discs/ID: a new label or grade, a larger size, or another machine. [docs][client] */
export const updateDisc = (call: Call): Answer => {
  const { store, views } = call.brain
  const found = findDisc(call, rights.changeMachine.value)
  const { machine, disc } = found
  if (machine.deleted) throw refusal('deleted')
  const { virtual_machine_id = machine.id, ...values } = attributesOf(call.body, {
    ...discAttributes,
    virtual_machine_id: integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  })
  const next = { ...disc, ...values, label: values.label ?? disc.label }
  if (next.size < disc.size) throw refusal('disc_shrink')
  const target = targetOfMove(call, { ...found, disc: next }, virtual_machine_id)
  if (labelIsTaken(store, target.id, next.label, disc)) throw badValues({ label: [messages.taken] })
  return jsonText(200, views.disc(store.discs.put({ ...next, virtual_machine_id })))
}

/** DELETE .../discs/ID: with purge=true, else a 500: the one that is documented. [docs][official] */
export const deleteDisc = (call: Call): Answer => {
  const { machine, disc } = findDisc(call, rights.changeMachine.value)
  if (!says(call, 'purge')) throw refusal('disc_purge')
  if (machine.deleted) throw refusal('deleted')
  call.brain.store.transaction(() => removeDisc(call.brain.store, disc))
  return noContent()
}
