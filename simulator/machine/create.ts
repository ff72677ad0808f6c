import { limits, times } from '../rules/limits.ts'
import { refusal } from '../rules/refusals.ts'
import { ipv6Of, macOf, managementAddressOf, type AddressPool } from '../state/addresses.ts'
import type {
  BackupSchedule,
  Disc,
  Group,
  Image,
  Machine,
  MachineAttributes,
  Task,
} from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { withInternal } from './power.ts'

// What a machine is made of, how it is made and how it is removed: docs/bigv-api.md#creation

/** The VLAN of groups that have none of their own. */
const publicVlan = 1

type Bigv = { store: Store; pool: AddressPool }

export type Addresses = { ipv4?: string; ipv6?: string }

/** Adds a machine that is off, without discs, with its one NIC and its addresses. Returns it. */
export const addMachine = (
  bigv: Bigv,
  group: Group,
  attributes: MachineAttributes,
  addresses: Addresses = {},
): Machine => {
  const { machines } = bigv.store
  const id = machines.nextId()
  const machine = machines.put<Machine>({
    ...attributes,
    id,
    group_id: group.id,
    power_on: false,
    deleted: false,
    management_address: managementAddressOf(id),
    head: null,
    last_imaged_with: null,
    internal: {
      running: null,
      last_head: null,
      ignores_acpi: false,
      keeps_head: false,
      task: null,
      keys: [],
      resets: 0,
      powerdowns: 0,
      deleted_at: null,
      installed: null,
    },
  })
  addNic(bigv, group, machine, addresses)
  return machine
}

/** Takes a public IPv4 address out of the pool. Throws a 400 when there is none left. */
export const newAddress = (pool: AddressPool): string => {
  const address = pool.allocate()
  if (address === null) throw refusal('no_address')
  return address
}

const addNic = ({ store, pool }: Bigv, group: Group, machine: Machine, addresses: Addresses): void => {
  const id = store.nics.nextId()
  const ips = [addresses.ipv4 ?? newAddress(pool), addresses.ipv6 ?? ipv6Of(id)]
  const vlan_num = group.vlan_num ?? publicVlan
  store.nics.put({ id, virtual_machine_id: machine.id, label: null, ips, vlan_num, mac: macOf(id) })
  for (const address of ips) store.ips.put({ address, nic_id: id, extra: false, rdns: null })
}

type Creation = {
  machine: MachineAttributes
  discs: NewDisc[]
  image: Image | null
  addresses: Addresses
  /** Whether it comes to nothing in the end. */
  fails: boolean
}

/**
 * Accepts a machine: it is there at once under its name, and is built in the background from that time on. Returns it and
 * its discs.
 */
export const startCreation = (
  bigv: Bigv,
  group: Group,
  { machine: attributes, discs: wanted, image, addresses, fails }: Creation,
  now: number,
): { machine: Machine; discs: Disc[] } => {
  const machine = addMachine(bigv, group, attributes, addresses)
  const discs = wanted.map((disc) => addDisc(bigv.store, machine, disc))
  const due = now + times.creation.reserving
  const task: Task = { kind: 'create', due, phase: 'reserving', image, start: attributes.power_on, fails }
  return { machine: bigv.store.machines.put(withInternal(machine, { task })), discs }
}

/** A schedule of backups that is asked for. */
type NewSchedule = Partial<Omit<BackupSchedule, 'id' | 'disc_id'>>

/** A disc that is asked for; `size` in MiB. */
export type NewDisc = {
  label?: string | null
  size: number
  storage_grade?: string
  backup_schedules?: NewSchedule[]
}

/** The labels that BigV gives by itself, in order: vda, vdb, ... */
const ownLabels = 'abcdefghijklmnop'.split('').map((letter) => `vd${letter}`)

/** The first of BigV's own labels that is not among those. */
export const freeLabel = (taken: readonly string[]): string =>
  ownLabels.find((label) => !taken.includes(label)) ?? 'vdz'

/** The pool a disc of that grade is kept in. */
const poolOf = (grade: string, id: number): string => `tail${(id % 12) + 1}-${grade}1`

/** Adds a blank disc to a machine, and returns it. */
export const addDisc = (store: Store, machine: Machine, wanted: NewDisc): Disc => {
  const id = store.discs.nextId()
  const grade = wanted.storage_grade ?? limits.defaultStorageGrade
  const taken = store.discs.by('machine', machine.id).map((disc) => disc.label)
  const disc = store.discs.put<Disc>({
    id,
    virtual_machine_id: machine.id,
    label: wanted.label ?? freeLabel(taken),
    size: wanted.size,
    storage_grade: grade,
    storage_pool: poolOf(grade, id),
    contents: null,
    restoring: null,
  })
  for (const schedule of wanted.backup_schedules ?? []) addSchedule(store, disc, schedule)
  return disc
}

/** Adds a schedule of backups to a disc, and returns it. */
export const addSchedule = (
  store: Store,
  disc: Disc,
  { start_at = '00:00', interval_seconds = 0, capacity = 0 }: NewSchedule,
): BackupSchedule => {
  const id = store.backupSchedules.nextId()
  return store.backupSchedules.put({ id, disc_id: disc.id, start_at, interval_seconds, capacity })
}

/** Removes a disc for good, with its backups. */
export const removeDisc = (store: Store, disc: Disc): void => {
  for (const backup of store.backups.by('disc', disc.id)) store.backups.remove(backup.id)
  for (const schedule of store.backupSchedules.by('disc', disc.id)) store.backupSchedules.remove(schedule.id)
  store.discs.remove(disc.id)
}

/** Removes a machine for good, with its discs; its addresses go back into the pool, its name is free. */
export const purge = (store: Store, machine: Machine): void => {
  for (const disc of store.discs.by('machine', machine.id)) removeDisc(store, disc)
  for (const nic of store.nics.by('machine', machine.id)) {
    for (const ip of store.ips.by('nic', nic.id)) store.ips.remove(ip.address)
    store.nics.remove(nic.id)
  }
  for (const privilege of store.privileges.by('machine', machine.id)) store.privileges.remove(privilege.id)
  store.machines.remove(machine.id)
}
