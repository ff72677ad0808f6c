import type {
  Account,
  Backup,
  BackupSchedule,
  Disc,
  Group,
  Ip,
  Machine,
  Nic,
  Privilege,
  User,
} from './records.ts'
import { Table, type Change } from './table.ts'

/** Returns a name as it is compared: host names know no capitals. */
export const folded = (name: string): string => name.toLowerCase()

/** Returns the key under which a machine's or group's name is found within its parent. */
export const nameKey = (parent: number, name: string): string => `${parent}/${folded(name)}`

/** Everything that BigV keeps: tables, and transactions over them. */
export class Store {
  readonly #pending: Change[] = []
  readonly #listeners: ((changes: readonly Change[]) => void)[] = []
  #depth = 0
  #undoing = false
  readonly #changed = (change: Change): void => {
    if (this.#undoing) return
    this.#pending.push(change)
    if (this.#depth === 0) this.#commit()
  }

  readonly accounts = new Table<Account, 'name'>({
    name: 'accounts',
    key: (account) => account.id,
    indexes: { name: (account) => folded(account.name) },
    changed: this.#changed,
  })
  readonly groups = new Table<Group, 'account' | 'name'>({
    name: 'groups',
    key: (group) => group.id,
    indexes: { account: (group) => group.account_id, name: (group) => nameKey(group.account_id, group.name) },
    changed: this.#changed,
  })
  readonly machines = new Table<Machine, 'group' | 'name' | 'anywhere'>({
    name: 'machines',
    key: (machine) => machine.id,
    indexes: {
      group: (machine) => machine.group_id,
      name: (machine) => nameKey(machine.group_id, machine.name),
      anywhere: (machine) => folded(machine.name),
    },
    changed: this.#changed,
  })
  readonly discs = new Table<Disc, 'machine'>({
    name: 'discs',
    key: (disc) => disc.id,
    indexes: { machine: (disc) => disc.virtual_machine_id },
    changed: this.#changed,
  })
  readonly nics = new Table<Nic, 'machine'>({
    name: 'nics',
    key: (nic) => nic.id,
    indexes: { machine: (nic) => nic.virtual_machine_id },
    changed: this.#changed,
  })
  readonly ips = new Table<Ip, 'nic'>({
    name: 'ips',
    key: (ip) => ip.address,
    indexes: { nic: (ip) => ip.nic_id },
    changed: this.#changed,
  })
  readonly users = new Table<User, 'username'>({
    name: 'users',
    key: (user) => user.id,
    indexes: { username: (user) => folded(user.username) },
    changed: this.#changed,
  })
  readonly privileges = new Table<Privilege, 'user' | 'account' | 'group' | 'machine'>({
    name: 'privileges',
    key: (privilege) => privilege.id,
    indexes: {
      user: (privilege) => privilege.user_id,
      account: (privilege) => privilege.account_id,
      group: (privilege) => privilege.group_id,
      machine: (privilege) => privilege.virtual_machine_id,
    },
    changed: this.#changed,
  })
  readonly backups = new Table<Backup, 'disc'>({
    name: 'backups',
    key: (backup) => backup.id,
    indexes: { disc: (backup) => backup.disc_id },
    changed: this.#changed,
  })
  readonly backupSchedules = new Table<BackupSchedule, 'disc'>({
    name: 'backupSchedules',
    key: (schedule) => schedule.id,
    indexes: { disc: (schedule) => schedule.disc_id },
    changed: this.#changed,
  })

  /** Calls `listener` with the changes of each transaction, after it. */
  onCommit(listener: (changes: readonly Change[]) => void): void {
    this.#listeners.push(listener)
  }

  /** Does `work` wholly or, when it throws, not at all. Returns what `work` returns; throws what it throws. */
  transaction<T>(work: () => T): T {
    this.#depth += 1
    const start = this.#pending.length
    try {
      return work()
    } catch (error) {
      this.#undo(this.#pending.splice(start))
      throw error
    } finally {
      this.#depth -= 1
      if (this.#depth === 0) this.#commit()
    }
  }

  /** Returns the tables by their names, for what goes through all of them. */
  tables(): Record<string, RecordTable> {
    const { accounts, groups, machines, discs, nics, ips, users, privileges, backups, backupSchedules } = this
    const all = [
      accounts,
      groups,
      machines,
      discs,
      nics,
      ips,
      users,
      privileges,
      backups,
      backupSchedules,
    ] as unknown
    return Object.fromEntries((all as RecordTable[]).map((table) => [table.name, table]))
  }

  #undo(changes: Change[]): void {
    const tables = this.tables()
    this.#undoing = true
    for (const { table, key, before } of changes.toReversed()) {
      if (before) tables[table]?.put(before)
      else tables[table]?.remove(key)
    }
    this.#undoing = false
  }

  #commit(): void {
    if (this.#pending.length === 0) return
    const changes = this.#pending.splice(0)
    for (const listener of this.#listeners) listener(changes)
  }
}

/** A table whose records' type does not matter to who uses it. */
export type RecordTable = {
  readonly name: string
  lastId: number
  all(): IterableIterator<object>
  keyOf(record: object): number | string
  put(record: object): object
  remove(key: number | string): void
}
