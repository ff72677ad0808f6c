import { limits, times, words } from '../rules/limits.ts'
import { refusal } from '../rules/refusals.ts'
import { ipv6Of, macOf, managementAddressOf, type AddressPool } from '../state/addresses.ts'
import type {
  BackupSchedule,
  CreationPhase,
  Disc,
  Group,
  Image,
  Machine,
  MachineAttributes,
  Task,
} from '../state/records.ts'
import type { Store } from '../state/store.ts'
import { switchedOn, withInternal } from './power.ts'

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

/**
 * Installs a system on the machine's first disc, and erases that disc only. The machine stays off. The distribution `none`
 * changes nothing.
 */
export const installed = (store: Store, machine: Machine, image: Image): Machine => {
  if (image.distribution === words.noSystem) return machine
  const [first] = store.discs.by('machine', machine.id)
  if (!first) return machine
  store.discs.put({ ...first, contents: image.distribution })
  return withInternal({ ...machine, last_imaged_with: image.distribution }, { installed: image })
}

type Creating = Extract<Task, { kind: 'create' }>

/** The phases of a creation, in order. All but the first are left out if they have nothing to do. */
const phases = ['reserving', 'discs', 'imaging', 'starting'] as const satisfies CreationPhase[]

/** True if the creation has this phase. Either power flag starts the machine: docs/bigv-api.md#creation */
const isNeeded = (phase: CreationPhase, machine: Machine, task: Creating, discs: number): boolean => {
  if (phase === 'discs') return discs > 0
  if (phase === 'imaging') return task.image !== null
  return phase === 'reserving' || task.start || machine.autoreboot_on
}

/**
 * Ends a phase of a machine's creation, and begins the next. Discs and power flags may have changed meanwhile: the machine
 * is not started if the flags no longer ask for it. A creation that fails leaves nothing behind.
 */
export const nextPhase = (store: Store, machine: Machine, task: Creating, now: number): void => {
  const applies = (phase: CreationPhase): boolean =>
    isNeeded(phase, machine, task, store.discs.count('machine', machine.id))
  const phase = phases.slice(phases.indexOf(task.phase) + 1).find(applies)
  const imaged = task.phase === 'imaging' && task.image ? installed(store, machine, task.image) : machine
  if (task.fails && (phase === undefined || phase === 'starting')) store.remove('machines', machine.id)
  else if (phase) {
    const due = now + times.creation[phase]
    store.machines.put(withInternal(imaged, { task: { ...task, phase, due } }))
  } else if (task.phase === 'starting' && applies('starting')) store.machines.put(switchedOn(imaged))
  else store.machines.put(withInternal(imaged, { task: null }))
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
