import type { Brain } from '../brain.ts'
import { refusal } from '../http/refusal.ts'
import { limits } from '../rules/limits.ts'
import { power } from '../rules/power.ts'
import { times } from '../rules/times.ts'
import { words } from '../rules/words.ts'
import { type AddressPool, ipv6Of, macOf, managementAddressOf } from '../state/addresses.ts'
import type { CreationPhase, Disc, Group, Image, Machine, Spec, Task } from '../state/records.ts'
import { addDisc, type DiscWish } from './discs.ts'
import { installed } from './install.ts'
import { switchedOn, withInside } from './power.ts'
import { purge } from './remove.ts'

/** The VLAN of groups that have none of their own. */
const publicVlan = 1

/** What a new machine is asked to be; absent parts get BigV's defaults. */
export type MachineWish = Partial<Spec> & {
  name: string
  power_on?: boolean
  autoreboot_on?: boolean
  cdrom_url?: string | null
  hardware_profile_locked?: boolean
  keymap?: string | null
  zone_name?: string
}

export type Addresses = { ipv4?: string; ipv6?: string }

/** Adds a machine that stands still: no discs, off, with its one NIC [client] and its addresses. Returns it. */
export const addMachine = (
  brain: Brain,
  group: Group,
  wish: MachineWish,
  addresses: Addresses = {},
): Machine => {
  const { store } = brain
  const id = store.machines.nextId()
  const machine = store.machines.put<Machine>({
    id,
    group_id: group.id,
    name: wish.name,
    cores: wish.cores ?? limits.defaultSpec.value.cores,
    memory: wish.memory ?? limits.defaultSpec.value.memory,
    power_on: false,
    autoreboot_on: wish.autoreboot_on ?? false,
    cdrom_url: wish.cdrom_url ?? null,
    hardware_profile: wish.hardware_profile ?? limits.defaultSpec.value.hardware_profile,
    hardware_profile_locked: wish.hardware_profile_locked ?? false,
    keymap: wish.keymap ?? null,
    deleted: false,
    management_address: managementAddressOf(id),
    head: null,
    zone_name: wish.zone_name ?? words.defaultZone.value,
    last_imaged_with: null,
    inside: {
      running: null,
      last_head: null,
      ignores_acpi: false,
      task: null,
      keys: [],
      resets: 0,
      powerdowns: 0,
      installed: null,
    },
  })
  addNic(brain, group, machine, addresses)
  return machine
}

/** Takes a public IPv4 address out of the pool. Throws a 400 when there is none left. */
export const newAddress = (pool: AddressPool): string => {
  const address = pool.take()
  if (address === null) throw refusal('no_address')
  return address
}

const addNic = ({ store, pool }: Brain, group: Group, machine: Machine, addresses: Addresses): void => {
  const id = store.nics.nextId()
  const ips = [addresses.ipv4 ?? newAddress(pool), addresses.ipv6 ?? ipv6Of(id)]
  const vlan_num = group.vlan_num ?? publicVlan
  store.nics.put({ id, virtual_machine_id: machine.id, label: null, ips, vlan_num, mac: macOf(id) })
  for (const address of ips) store.ips.put({ address, nic_id: id, extra: false, rdns: null })
}

type Creation = { machine: MachineWish; discs: DiscWish[]; image: Image | null; addresses: Addresses }

/**
 * Accepts a machine: it is there at once under its name [client], and is built in the background [seed]. Returns it and
 * its discs.
 */
export const startCreation = (
  brain: Brain,
  group: Group,
  { machine: wish, discs: wishes, image, addresses }: Creation,
): { machine: Machine; discs: Disc[] } => {
  const machine = addMachine(brain, group, wish, addresses)
  const discs = wishes.map((disc) => addDisc(brain.store, machine, disc))
  const fails = brain.buildFails > 0
  if (fails) brain.buildFails -= 1
  const due = brain.clock.now() + times.creation.value.reserving
  const task: Task = { kind: 'create', due, phase: 'reserving', image, start: wish.power_on ?? false, fails }
  return { machine: brain.store.machines.put(withInside(machine, { task })), discs }
}

type Creating = Extract<Task, { kind: 'create' }>

/** Returns the phases that making this machine goes through, in order. */
const phasesOf = (machine: Machine, task: Creating, discs: number): CreationPhase[] => [
  'reserving',
  ...(discs > 0 ? ['discs' as const] : []),
  ...(task.image ? ['imaging' as const] : []),
  ...(power.startsWhenNew.value({ power_on: task.start, autoreboot_on: machine.autoreboot_on })
    ? ['starting' as const]
    : []),
]

/** Ends a machine's present phase of creation, and begins the next; a creation that fails leaves nothing. [choice] */
export const nextPhase = (brain: Brain, machine: Machine, task: Creating): void => {
  const { store, clock } = brain
  const phases = phasesOf(machine, task, store.discs.count('machine', machine.id))
  const phase = phases[phases.indexOf(task.phase) + 1]
  const fitted = task.phase === 'imaging' && task.image ? installed(store, machine, task.image) : machine
  if (task.fails && (phase === undefined || phase === 'starting')) purge(store, machine)
  else if (phase) {
    const due = clock.now() + times.creation.value[phase]
    store.machines.put(withInside(fitted, { task: { ...task, phase, due } }))
  } else if (task.phase === 'starting') store.machines.put(switchedOn(fitted))
  else store.machines.put(withInside(fitted, { task: null }))
}
