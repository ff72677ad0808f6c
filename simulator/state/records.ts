/** The tables of BigV and the type of their records. */
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

/** The id of a record, unique in its table. */
export type Id = number

/** The tables of a machine's parts: records with a `virtual_machine_id`. */
export type PartName = {
  [Name in keyof Records]: Records[Name] extends { virtual_machine_id: Id } ? Name : never
}[keyof Records]

/** The parts of one machine. */
export type Parts = { [Name in PartName]: Records[Name][] }

/** A customer's account, which contains groups. */
export type Account = { id: Id; name: string; suspended: boolean }

/** `vlan_num` is the group's private VLAN, which the provider's staff set up; null for the public VLAN. */
export type Group = { id: Id; account_id: Id; name: string; vlan_num: number | null }

/** The settable attributes of a machine; `memory` is in MiB. A new attribute also needs a row in `resources/machines.ts`. */
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

/** The attributes whose changes take effect only at the next power cycle: docs/bigv-api.md#changing-a-vm */
export type Spec = Pick<Machine, 'cores' | 'memory' | 'hardware_profile'>

/** Properties of a machine that BigV does not show. */
export type MachineInternal = {
  /** The hardware of the running machine; null while it is off. Differs from the attributes while a change is pending. */
  running: Spec | null
  last_head: string | null
  ignores_acpi: boolean
  /** True if the machine starts on the head where it last ran. */
  keeps_head: boolean
  task: Task | null
  /** The `data` of each sendkey signal, oldest first. */
  keys: string[]
  resets: number
  powerdowns: number
  /** When the machine was deleted, in milliseconds of the simulator's clock; null if it isn't deleted. */
  deleted_at: number | null
  /** The system installed last, including its root password and other secrets; null if none was installed. */
  installed: Image | null
}

/** A system to install on the first disc. */
export type Image = {
  distribution: string
  root_password: string
  ssh_public_key: string
  firstboot_script: string
}

/** The phases of a creation, in order. */
export type CreationPhase = 'reserving' | 'discs' | 'imaging' | 'starting'

/** The background task of a machine. `due` is the time of its next step, in milliseconds of the simulator's clock. */
export type Task =
  | { kind: 'start'; due: number; why: 'asked' | 'autoreboot' }
  | { kind: 'shutdown'; due: number }
  | { kind: 'reimage'; due: number; image: Image }
  | { kind: 'create'; due: number; phase: CreationPhase; image: Image | null; start: boolean; fails: boolean }

/**
 * A disc; `size` is in MiB. `contents`, which BigV never shows, is the distribution on the disc, or null for a blank disc.
 * While a backup is being restored, `restoring` has the backup's contents and the time when the restore ends.
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

/** A network interface; `ips` are its main addresses, IPv4 first. */
export type Nic = {
  id: Id
  virtual_machine_id: Id
  label: string | null
  ips: string[]
  vlan_num: number
  mac: string
}

/** An address in use. If it is `extra` (additional), it is routed to the main IPv4 address of its NIC. */
export type Ip = { address: string; nic_id: Id; extra: boolean; rdns: string | null }

/** A user; `password` is a hash from `access/credentials.ts`. */
export type User = {
  id: Id
  username: string
  email: string | null
  authorized_keys: string | null
  password: string
}

/**
 * The levels of privileges, from low to high. Each level includes all lower levels:
 * docs/bigv-api.md#10-users-and-privileges
 */
export const levels = [
  'vm_console',
  'vm_admin',
  'group_admin',
  'account_admin',
  'cluster_admin',
  'cluster_su',
] as const

export type Level = (typeof levels)[number]

/** A privilege of a user on one account, group or machine, or on the whole cluster. */
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
  /** The API key that has the privilege; null if the user has it directly. */
  api_key_id: Id | null
}

/** A key with which programs sign in as a user; `expires_at` in real milliseconds since 1970. */
export type ApiKey = {
  id: Id
  user_id: Id
  label: string
  expires_at: number | null
  digest: string
}

/**
 * A copy of a disc; `created_at` is in real milliseconds since 1970, whatever the simulator's speed. A backup is first on
 * the disc's own storage. At `arrives`, in milliseconds of the simulator's clock, it moves to backup storage; `arrives` is
 * null from then on.
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

/** Backs up a disc every `interval_seconds` from `start_at`, and stores the last `capacity` backups. */
export type BackupSchedule = {
  id: Id
  disc_id: Id
  start_at: string
  interval_seconds: number
  capacity: number
}
