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

// Creates machines and their parts: docs/bigv-api.md#creation

/** The VLAN of groups without a private one. */
const publicVlan = 1

type Bigv = { store: Store; pool: AddressPool }

export type Addresses = { ipv4?: string; ipv6?: string }

/** Adds a machine that is off and has no discs, with its one NIC and its addresses. */
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

/** A free public IPv4 address. Throws a 400 if there is none. */
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
  /** True if the creation fails in the end. */
  fails: boolean
}

/** Begins to create a machine: it exists at once, and is built in the background. Returns it and its discs. */
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

/** The attributes of a new backup schedule. */
type NewSchedule = Partial<Omit<BackupSchedule, 'id' | 'disc_id'>>

/** The attributes of a new disc; `size` in MiB. */
export type NewDisc = {
  label?: string | null
  size: number
  storage_grade?: string
  backup_schedules?: NewSchedule[]
}

/** The labels of discs without one, in order: vda, vdb, ... */
const defaultLabels = 'abcdefghijklmnop'.split('').map((letter) => `vd${letter}`)

/** The first default label that is not taken. */
export const freeLabel = (taken: readonly string[]): string =>
  defaultLabels.find((label) => !taken.includes(label)) ?? 'vdz'

/** The storage pool of a disc. */
const poolOf = (grade: string, id: number): string => `tail${(id % 12) + 1}-${grade}1`

/** Adds a blank disc to a machine. */
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

/** Adds a backup schedule to a disc. */
export const addSchedule = (
  store: Store,
  disc: Disc,
  { start_at = '00:00', interval_seconds = 0, capacity = 0 }: NewSchedule,
): BackupSchedule => {
  const id = store.backupSchedules.nextId()
  return store.backupSchedules.put({ id, disc_id: disc.id, start_at, interval_seconds, capacity })
}
