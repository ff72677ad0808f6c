import type { Account, Disc, Group, Id, Machine, Nic } from '../state/records.ts'
import type { Store } from '../state/store.ts'
import type { Change } from '../state/table.ts'

const typed = (type: string, text: string): string =>
  `{"type":"application/vnd.bigv.${type}",${text.slice(1)}`
const extended = (text: string, extra: string): string => `${text.slice(0, -1)},${extra}}`

type Row = { group: Group; account: Account; text: string }

/**
 * The JSON texts of what BigV shows. Those of machines are kept for as long as nothing in them changes, so that a list of
 * thousands is put together from texts.
 */
export class Views {
  readonly #store: Store
  readonly #cluster: string
  readonly #rows = new WeakMap<Machine, Row>()
  readonly #parts = new WeakMap<Machine, string>()

  constructor(store: Store, cluster: string) {
    this.#store = store
    this.#cluster = cluster
    store.onCommit((changes) => changes.forEach((change) => this.#forget(change)))
  }

  /** Returns an account alone. */
  account(account: Account): string {
    return JSON.stringify({ id: account.id, name: account.name, suspended: account.suspended })
  }

  /** Returns an account with these groups, which may not be all of them. */
  accountOverview(account: Account, groups: string[]): string {
    return extended(this.account(account), `"groups":[${groups.join()}]`)
  }

  /** Returns a group alone. */
  group(group: Group): string {
    return JSON.stringify({ account_id: group.account_id, id: group.id, name: group.name })
  }

  /** Returns a group with these machines, which may not be all of them. */
  groupOverview(group: Group, machines: Machine[]): string {
    const rows = machines.map((machine) => this.machineOverview(machine))
    return extended(this.group(group), `"virtual_machines":[${rows.join()}]`)
  }

  /** Returns the host name, which follows renames and moves. [fog] */
  hostname(machine: Machine, group: Group, account: Account): string {
    const labels = [machine.name, group.name, account.name].map((name) =>
      name.toLowerCase().replaceAll(' ', '-'),
    )
    return [...labels, this.#cluster].join('.')
  }

  /** Returns a machine alone. */
  machine(machine: Machine): string {
    const group = this.#store.groups.get(machine.group_id)
    const account = group && this.#store.accounts.get(group.account_id)
    if (!account) throw new Error(`machine ${machine.id} has no account`)
    const kept = this.#rows.get(machine)
    if (kept?.group === group && kept.account === account) return kept.text
    const text = JSON.stringify({
      autoreboot_on: machine.autoreboot_on,
      cdrom_url: machine.cdrom_url,
      cores: machine.cores,
      group_id: machine.group_id,
      id: machine.id,
      management_address: machine.management_address,
      memory: machine.memory,
      name: machine.name,
      power_on: machine.power_on,
      keymap: machine.keymap,
      deleted: machine.deleted,
      hostname: this.hostname(machine, group, account),
      head: machine.head,
      hardware_profile: machine.hardware_profile,
      hardware_profile_locked: machine.hardware_profile_locked,
      last_imaged_with: machine.last_imaged_with,
      zone_name: machine.zone_name,
    })
    this.#rows.set(machine, { group, account, text })
    return text
  }

  /** Returns a machine with its discs and NICs, and with its type. [fixture] */
  machineOverview(machine: Machine): string {
    const kept = this.#parts.get(machine)
    const parts = kept ?? this.#partsOf(machine)
    if (!kept) this.#parts.set(machine, parts)
    return typed('virtual-machine', extended(this.machine(machine), parts))
  }

  /** Returns a disc. */
  disc(disc: Disc): string {
    const schedules = this.#store.backupSchedules.by('disc', disc.id)
    return JSON.stringify({
      id: disc.id,
      label: disc.label,
      size: disc.size,
      virtual_machine_id: disc.virtual_machine_id,
      storage_pool: disc.storage_pool,
      storage_grade: disc.storage_grade,
      backup_count: this.#store.backups.count('disc', disc.id),
      backup_schedules: schedules.map(({ id, start_at, interval_seconds, capacity }) => ({
        id,
        start_at,
        interval_seconds,
        capacity,
      })),
      backups_enabled: schedules.length > 0,
    })
  }

  /** Returns a NIC, with the addresses routed to its main one. */
  nic(nic: Nic): string {
    const extra = this.#store.ips.by('nic', nic.id).filter((ip) => ip.extra)
    return JSON.stringify({
      id: nic.id,
      label: nic.label,
      ips: nic.ips,
      vlan_num: nic.vlan_num,
      mac: nic.mac,
      extra_ips: Object.fromEntries(extra.map((ip) => [ip.address, nic.ips[0]])),
      virtual_machine_id: nic.virtual_machine_id,
    })
  }

  #partsOf(machine: Machine): string {
    const discs = this.#store.discs.by('machine', machine.id).map((disc) => typed('disc', this.disc(disc)))
    const nics = this.#store.nics.by('machine', machine.id)
    const interfaces = nics.map((nic) => typed('network-interface', this.nic(nic)))
    return `"discs":[${discs.join()}],"network_interfaces":[${interfaces.join()}]`
  }

  #forget(change: Change): void {
    for (const record of [change.before, change.after]) {
      const machine = record && this.#store.machines.get(this.#machineOf(change.table, record) ?? 0)
      if (machine) this.#parts.delete(machine)
    }
  }

  /** Returns the number of the machine in whose overview a record shows. */
  #machineOf(table: string, record: object): Id | undefined {
    if ('virtual_machine_id' in record && table !== 'privileges') return record.virtual_machine_id as Id
    if ('nic_id' in record) return this.#store.nics.get(record.nic_id as Id)?.virtual_machine_id
    if ('disc_id' in record) return this.#store.discs.get(record.disc_id as Id)?.virtual_machine_id
    return undefined
  }
}

/** Returns an overview's group as it stands within its account. [docs] */
export const typedGroup = (text: string): string => typed('group', text)

/** Returns a list's JSON text from its rows'. */
export const listText = (rows: readonly string[]): string => `[${rows.join()}]`
