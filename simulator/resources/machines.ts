import { rights, scopeOf } from '../access/rights.ts'
import type { Bigv } from '../bigv.ts'
import { extended, jsonText, listText, noContent, typed, type Answer } from '../http/app.ts'
import {
  anyText,
  attributesOf,
  flag,
  id,
  integer,
  oneOf,
  orDigits,
  orNone,
  refine,
  text,
  type Body,
  type Reader,
} from '../http/attributes.ts'
import {
  findGroup,
  findMachine,
  findShownMachine,
  queryFlag,
  readableMachines,
  requireLevel,
  wantsOverview,
  type Call,
  type FoundMachine,
} from '../http/find.ts'
import { canBeUndeleted, deleted, setPower, undeleted } from '../machine/power.ts'
import { badValues, messages, refusal, refusals } from '../rules/refusals.ts'
import type { Account, Group, Machine, MachineAttributes, Task } from '../state/records.ts'
import { nameKey, type Store } from '../state/store.ts'
import { definitions } from './definitions.ts'
import { partsText } from './parts.ts'

// docs/bigv-api.md#7-virtual-machines

/** The settable attributes except the name, which has its own reader, `machineName`. */
type Settable = Omit<MachineAttributes, 'name'>
type Shown = Omit<Machine, 'internal'>
type Place = { group: Group; account: Account; cluster: string }

/**
 * One row per attribute, in BigV's order: the reader that checks the attribute in a body, its default, and its output (by
 * default, the stored value): docs/bigv-api.md#attributes
 */
const attributes: {
  [Name in keyof Settable]: {
    reader: Reader<Settable[Name]>
    default: Settable[Name]
    onlyAtCreation?: true
  }
} & { [Name in Exclude<keyof Shown, keyof Settable>]: object } & {
  hostname: { output: (machine: Machine, place: Place) => string }
} = {
  autoreboot_on: { reader: flag, default: false },
  cdrom_url: { reader: orNone(refine(anyText, isUrl)), default: null },
  cores: { reader: integer({ min: 1, max: 64 }), default: 1 },
  group_id: {},
  id: {},
  management_address: {},
  memory: { reader: integer({ min: 64, max: 1024 * 1024 }), default: 1024 },
  name: {},
  power_on: { reader: flag, default: false },
  keymap: { reader: orNone(oneOf(definitions.keymaps)), default: null },
  deleted: {},
  hostname: { output: hostname },
  head: {},
  hardware_profile: { reader: oneOf(definitions.hardware_profiles), default: 'virtio2013' },
  hardware_profile_locked: { reader: flag, default: false },
  last_imaged_with: {},
  // `default` is not among the definitions, but the official client's tests use it
  zone_name: {
    reader: oneOf([...definitions.zone_names, 'default']),
    default: 'default',
    onlyAtCreation: true,
  },
}

type Row = {
  reader?: Reader<never>
  default?: unknown
  onlyAtCreation?: true
  output?: (machine: Machine, place: Place) => unknown
}
const rows = Object.entries(attributes) as [keyof Shown, Row][]
const settable = rows.filter(([, { reader }]) => reader)

function isUrl(value: string): boolean {
  return URL.canParse(value) && /^(?:https?|ftp):\/\/./i.test(value)
}

/** The host name. It changes when the machine, its group or its account is renamed, or the machine moves. */
function hostname(machine: Machine, { group, account, cluster }: Place): string {
  const labels = [machine.name, group.name, account.name].map((name) =>
    name.toLowerCase().replaceAll(' ', '-'),
  )
  return [...labels, cluster].join('.')
}

type Readers = { [Name in keyof Settable]: Reader<Settable[Name]> }
const readersOf = (those: readonly [keyof Shown, Row][]): Readers =>
  Object.fromEntries(those.map(([name, { reader }]) => [name, reader])) as unknown as Readers
const updateReaders = readersOf(settable.filter(([, { onlyAtCreation }]) => !onlyAtCreation))

/** Accepts a name that no other machine of the group has, not even a deleted one. */
const machineName = (store: Store, groupId: number, own?: Machine) =>
  refine(
    // The name is one label of a host name
    text({ pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i }),
    (name) => store.machines.by('name', nameKey(groupId, name)).every((machine) => machine.id === own?.id),
    messages.taken,
  )

/** The readers of a new machine's attributes. Older clients send numbers as strings: docs/bigv-api.md#creation */
export const newMachineReaders = (store: Store, groupId: number) => ({
  ...readersOf(settable),
  cores: orDigits(attributes.cores.reader),
  memory: orDigits(attributes.memory.reader),
  name: machineName(store, groupId),
})

/** The attributes of a new machine; only its name is required. */
export type NewMachine = Partial<MachineAttributes> & { name: string }

/** Adds the defaults to the attributes of a new machine. */
export const withDefaults = (wanted: NewMachine): MachineAttributes => ({
  ...(Object.fromEntries(settable.map(([name, row]) => [name, row.default])) as Settable),
  ...wanted,
})

/** The JSON text of a machine without its parts. */
export const machineText = ({ texts, options: { cluster } }: Bigv, machine: Machine): string =>
  texts.machine(machine, (scope) => {
    const shown = rows.map(([name, { output }]) => [
      name,
      output ? output(machine, { ...scope, cluster }) : machine[name],
    ])
    return JSON.stringify(Object.fromEntries(shown))
  })

/** The JSON text of a machine with its parts and its type. */
export const machineOverview = (bigv: Bigv, machine: Machine): string => {
  const parts = bigv.texts.parts(machine, () => partsText(bigv.store, machine))
  return typed('virtual-machine', extended(machineText(bigv, machine), parts))
}

/** The JSON text of a machine; with view=overview, its parts are included. */
export const shownMachine = (call: Call, machine: Machine): string =>
  wantsOverview(call) ? machineOverview(call.bigv, machine) : machineText(call.bigv, machine)

/** GET .../virtual_machines */
export const listMachines = (call: Call): Answer => {
  const machines = readableMachines(call, findGroup(call))
  return jsonText(200, listText(machines.map((machine) => shownMachine(call, machine))))
}

/**
 * GET .../virtual_machines/ID: an object, although the documents' example shows an array; 202 while the machine is being
 * created.
 */
export const showMachine = (call: Call): Answer => {
  const { machine } = findShownMachine(call)
  return jsonText(machine.internal.task?.kind === 'create' ? 202 : 200, shownMachine(call, machine))
}

/** The group to which the body moves the machine; by default, its current group. */
const targetGroup = (call: Call, found: FoundMachine): Group => {
  const wanted = call.body['group_id']
  if (wanted === undefined || wanted === found.group.id) return found.group
  const group = typeof wanted === 'number' ? call.bigv.store.groups.get(wanted) : undefined
  if (!group) throw badValues({ group_id: [messages.invalid] })
  requireLevel(call, scopeOf(call.bigv.store, { group: found.group }), rights.moveMachine)
  requireLevel(call, scopeOf(call.bigv.store, { group }), rights.moveMachine)
  return group
}

/** A copy of the machine with the changes in the body. Throws a 400 if any change is invalid. */
const updatedMachine = (call: Call, found: FoundMachine): Machine => {
  const { machine } = found
  const { store, clock } = call.bigv
  const group = targetGroup(call, found)
  const body: Body = group === found.group ? call.body : { name: machine.name, ...call.body }
  const { power_on, autoreboot_on, ...others } = attributesOf(body, {
    ...updateReaders,
    name: machineName(store, group.id, machine),
    group_id: id,
    deleted: refine(flag, (value) => !value || machine.deleted, refusals.delete_by_put.says),
  })
  const isUndelete = machine.deleted && others.deleted === false
  if (isUndelete && !canBeUndeleted(machine, clock.now())) throw refusal('undelete_too_late')
  const next = { ...(isUndelete ? undeleted(machine) : machine), ...others }
  if (next.deleted && (power_on || autoreboot_on)) throw refusal('deleted')
  const flags = {
    ...(power_on !== undefined && { power_on }),
    ...(autoreboot_on !== undefined && { autoreboot_on }),
  }
  return setPower(next, flags, clock.now())
}

/** The start that the body has requested, if any. The answer waits until the machine has started. */
const requestedStart = (call: Call, machine: Machine): Task | null => {
  const { task } = machine.internal
  return call.body['power_on'] === true && task?.kind === 'start' ? task : null
}

/**
 * PUT .../virtual_machines/ID: only the attributes in the body change. Like BigV's own call, a PUT of power_on=true answers
 * once the machine is on. Turning off is instant, and the answer doesn't wait for an automatic start:
 * docs/bigv-api.md#changing-a-vm and #power. At the `put`, `bigv.ts` sets the clock for the machine's task, and saves the
 * state.
 */
export const updateMachine = async (call: Call): Promise<Answer> => {
  const { store } = call.bigv
  const found = findMachine(call, rights.changeMachine)
  const machine = store.machines.put(updatedMachine(call, found))
  const task = requestedStart(call, machine)
  if (task) await call.bigv.taskDone(machine.id, task)
  const current = store.machines.get(machine.id)
  if (!current) throw refusal('missing')
  return jsonText(200, shownMachine(call, current))
}

/**
 * DELETE .../virtual_machines/ID: deletes the machine; with purge=true, removes it permanently, even if it wasn't deleted
 * first.
 */
export const deleteMachine = (call: Call): Answer => {
  const { store, clock } = call.bigv
  const { machine } = findMachine(call, rights.changeMachine)
  if (queryFlag(call, 'purge')) store.remove('machines', machine.id)
  else store.machines.put(deleted(machine, clock.now()))
  return noContent()
}
