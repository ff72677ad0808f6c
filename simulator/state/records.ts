import type { Level } from '../rules/rights.ts'

/** What BigV keeps: the tables by name, each with its records. */
export type Records = {
  accounts: Account
  groups: Group
  machines: Machine
  discs: Disc
  nics: Nic
  ips: Ip
  users: User
  privileges: Privilege
  backups: Backup
  backupSchedules: BackupSchedule
  apiKeys: ApiKey
}

/** A record's number, unique in its table. */
export type Id = number

/** The tables of a machine's parts: the records that have its number. */
export type PartName = {
  [Name in keyof Records]: Records[Name] extends { virtual_machine_id: Id } ? Name : never
}[keyof Records]

/** The parts of one machine. */
export type Parts = { [Name in PartName]: Records[Name][] }

/** The entity that is billed; contains groups. */
export type Account = { id: Id; name: string; suspended: boolean }

/** `vlan_num` is the group's private VLAN, set up by the provider's staff; null for the public one. */
export type Group = { id: Id; account_id: Id; name: string; vlan_num: number | null }

/** The attributes of a machine that can be set. A new one also needs a row in `resources/machines.ts`. `memory` in MiB. */
export type MachineAttributes = {
  name: string
  cores: number
  memory: number
  power_on: boolean
  autoreboot_on: boolean
  cdrom_url: string | null
  hardware_profile: string
  hardware_profile_locked: boolean
  keymap: string | null
  zone_name: string
}

/** A virtual machine. docs/bigv-api.md#attributes */
export type Machine = MachineAttributes & {
  id: Id
  group_id: Id
  deleted: boolean
  management_address: string
  head: string | null
  last_imaged_with: string | null
  internal: MachineInternal
}

/** The attributes that take effect at the next power cycle only. docs/bigv-api.md#changing-a-vm */
export type Spec = Pick<Machine, 'cores' | 'memory' | 'hardware_profile'>

/** What BigV knows about a machine, but does not show. */
export type MachineInternal = {
  /** What the running machine really has; null while it is off. Differs from the attributes while a change is pending. */
  running: Spec | null
  last_head: string | null
  ignores_acpi: boolean
  /** Whether it starts on the head on which it ran last. */
  keeps_head: boolean
  task: Task | null
  /** The `data` of each sendkey signal, oldest first. */
  keys: string[]
  resets: number
  powerdowns: number
  /** When it was deleted, in milliseconds of the simulator's clock; null while it is not. */
  deleted_at: number | null
  /** The system last installed, with its secrets; null when none was. */
  installed: Image | null
}

/** What an installation is asked to put on the first disc. */
export type Image = {
  distribution: string
  root_password: string
  ssh_public_key: string
  firstboot_script: string
}

/** The steps that building a machine goes through, in order. */
export type CreationPhase = 'reserving' | 'discs' | 'imaging' | 'starting'

/**
 * What is going on with a machine in the background; `due` is when it gets to its next step, in milliseconds of the
 * simulator's clock.
 */
export type Task =
  | { kind: 'start'; due: number; why: 'asked' | 'autoreboot' }
  | { kind: 'shutdown'; due: number }
  | { kind: 'reimage'; due: number; image: Image }
  | { kind: 'create'; due: number; phase: CreationPhase; image: Image | null; start: boolean; fails: boolean }

/**
 * A disc; `size` in MiB. `contents` is the distribution on it, null when blank: never shown. `restoring` has when a backup
 * that is being restored is there, and what was in it.
 */
export type Disc = {
  id: Id
  virtual_machine_id: Id
  label: string
  size: number
  storage_grade: string
  storage_pool: string
  contents: string | null
  restoring: { due: number; contents: string | null } | null
}

/** A network interface; `ips` has its main addresses, the IPv4 first. */
export type Nic = {
  id: Id
  virtual_machine_id: Id
  label: string | null
  ips: string[]
  vlan_num: number
  mac: string
}

/** An address in use; `extra` ones are routed to the main IPv4 of their NIC. */
export type Ip = { address: string; nic_id: Id; extra: boolean; rdns: string | null }

/** A user; `password` is a hash as of `access/passwords.ts`. */
export type User = {
  id: Id
  username: string
  email: string | null
  authorized_keys: string | null
  password: string
}

/** What a user may do, and to what: one of the three targets, or the whole cluster. */
export type Privilege = {
  id: Id
  user_id: Id
  level: Level
  creating_username: string
  password_required: boolean
  yubikey_required: boolean
  /** Seconds. */
  yubikey_otp_max_age: number | null
  ip_restrictions: string | null
  account_id: Id | null
  group_id: Id | null
  virtual_machine_id: Id | null
  /** The user's API key that has it; null for the user. */
  api_key_id: Id | null
}

/** A key with which programs sign in as a user; `digest` is of the key, `expires_at` in real milliseconds since 1970. */
export type ApiKey = {
  id: Id
  user_id: Id
  label: string
  expires_at: number | null
  digest: string
}

/**
 * A copy of a disc; `created_at` in real milliseconds since 1970, whatever the simulator's speed. It is made beside the
 * disc, and then moved: `arrives` is when, in milliseconds of the simulator's clock, and null once it has.
 */
export type Backup = {
  id: Id
  disc_id: Id
  label: string
  size: number
  storage_grade: string
  contents: string | null
  created_at: number
  arrives: number | null
}

/** When a disc is copied by itself: every `interval_seconds` from `start_at`, keeping `capacity` copies. */
export type BackupSchedule = {
  id: Id
  disc_id: Id
  start_at: string
  interval_seconds: number
  capacity: number
}
