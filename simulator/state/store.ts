import type {
  Account,
  ApiKey,
  Backup,
  BackupSchedule,
  Disc,
  Group,
  Ip,
  Machine,
  Nic,
  Privilege,
  Records,
  User,
} from './records.ts'

/** A name for comparing: like host names, names do not depend on upper and lower case. */
export const lowerCase = (name: string): string => name.toLowerCase()

/** The index key of a group's or machine's name within its parent. */
export const nameKey = (parent: number, name: string): string => `${parent}/${lowerCase(name)}`

type Key = number | string

/** A record that was put, or removed if `after` is undefined. */
export type Change = {
  table: keyof Records
  key: Key
  before: object | undefined
  after: object | undefined
}

/** The key of a table's records, and the other properties by which they are looked up. */
type Lookups<T, Index extends string = string> = {
  key: (record: T) => Key
  indexes: Record<Index, (record: T) => Key | null>
}

/**
 * Records of one kind. They are never changed in place but replaced, so a record that is still the same object has not
 * changed.
 */
class Table<T extends object, Index extends string = never> {
  readonly #name: keyof Records
  readonly #lookups: Lookups<T, Index>
  readonly #changed: (change: Change) => void
  readonly #records = new Map<Key, T>()
  readonly #indexes = new Map<Index, Map<Key, Map<Key, T>>>()
  #lastId = 0

  constructor(name: keyof Records, lookups: Lookups<T, Index>, changed: (change: Change) => void) {
    this.#name = name
    this.#lookups = lookups
    this.#changed = changed
    for (const index of Object.keys(lookups.indexes) as Index[]) this.#indexes.set(index, new Map())
  }

  /** The highest id so far. Ids are never used again, not even after a purge. */
  get lastId(): number {
    return this.#lastId
  }

  set lastId(id: number) {
    this.#lastId = Math.max(this.#lastId, id)
  }

  /** An id that no record of this table has had. */
  nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  get(key: Key): T | undefined {
    return this.#records.get(key)
  }

  /** The records, in the order in which they were added. */
  all(): IterableIterator<T> {
    return this.#records.values()
  }

  /** The records whose indexed property is `key`, in the order in which they got it. */
  by(index: Index, key: Key): T[] {
    return [...(this.#indexes.get(index)?.get(key)?.values() ?? [])]
  }

  /** How many records `by` would return. */
  count(index: Index, key: Key): number {
    return this.#indexes.get(index)?.get(key)?.size ?? 0
  }

  /** The key of a record of this table. */
  keyOf(record: T): Key {
    return this.#lookups.key(record)
  }

  /** Adds a record, or replaces the one with its key. Returns it. */
  put<R extends T>(record: R): R {
    const key = this.#lookups.key(record)
    const before = this.#records.get(key)
    this.#records.set(key, record)
    if (typeof key === 'number') this.lastId = key
    for (const [index, places] of this.#indexes) this.#reindex(index, places, key, before, record)
    this.#changed({ table: this.#name, key, before, after: record })
    return record
  }

  /** Removes the record with that key, if there is one. */
  remove(key: Key): void {
    const before = this.#records.get(key)
    if (!before) return
    this.#records.delete(key)
    for (const [index, places] of this.#indexes) this.#reindex(index, places, key, before, undefined)
    this.#changed({ table: this.#name, key, before, after: undefined })
  }

  /** Removes all records; ids start at 1 again. */
  clear(): void {
    for (const key of this.#records.keys()) this.remove(key)
    this.#lastId = 0
  }

  #reindex(
    index: Index,
    places: Map<Key, Map<Key, T>>,
    key: Key,
    before: T | undefined,
    after: T | undefined,
  ): void {
    const property = this.#lookups.indexes[index]
    const from = before ? property(before) : null
    const to = after ? property(after) : null
    if (from !== null && from !== to) {
      const place = places.get(from)
      place?.delete(key)
      if (place?.size === 0) places.delete(from)
    }
    if (to === null || !after) return
    const place = places.get(to)
    if (place) place.set(key, after)
    else places.set(to, new Map([[key, after]]))
  }
}

/**
 * The properties with the number of the record that another belongs to: the index of that property, and the owner's
 * table. A record is removed with its owner.
 */
const owners = {
  account_id: { index: 'account', table: 'accounts' },
  group_id: { index: 'group', table: 'groups' },
  virtual_machine_id: { index: 'machine', table: 'machines' },
  disc_id: { index: 'disc', table: 'discs' },
  nic_id: { index: 'nic', table: 'nics' },
  user_id: { index: 'user', table: 'users' },
  api_key_id: { index: 'apiKey', table: 'apiKeys' },
} as const satisfies Record<string, { index: string; table: keyof Records }>

/** The indexes that a table must have to be emptied with its owners. */
type OwnerIndex<T> = (typeof owners)[keyof T & keyof typeof owners]['index']

/** Every table, in the order of the state file. */
const tables = {
  accounts: {
    key: (account: Account) => account.id,
    indexes: { name: (account: Account) => lowerCase(account.name) },
  },
  groups: {
    key: (group: Group) => group.id,
    indexes: {
      account: (group: Group) => group.account_id,
      name: (group: Group) => nameKey(group.account_id, group.name),
    },
  },
  machines: {
    key: (machine: Machine) => machine.id,
    indexes: {
      group: (machine: Machine) => machine.group_id,
      name: (machine: Machine) => nameKey(machine.group_id, machine.name),
      anywhere: (machine: Machine) => lowerCase(machine.name),
    },
  },
  discs: { key: (disc: Disc) => disc.id, indexes: { machine: (disc: Disc) => disc.virtual_machine_id } },
  nics: { key: (nic: Nic) => nic.id, indexes: { machine: (nic: Nic) => nic.virtual_machine_id } },
  ips: { key: (ip: Ip) => ip.address, indexes: { nic: (ip: Ip) => ip.nic_id } },
  users: { key: (user: User) => user.id, indexes: { username: (user: User) => lowerCase(user.username) } },
  privileges: {
    key: (privilege: Privilege) => privilege.id,
    indexes: {
      user: (privilege: Privilege) => privilege.user_id,
      account: (privilege: Privilege) => privilege.account_id,
      group: (privilege: Privilege) => privilege.group_id,
      machine: (privilege: Privilege) => privilege.virtual_machine_id,
      apiKey: (privilege: Privilege) => privilege.api_key_id,
    },
  },
  backups: { key: (backup: Backup) => backup.id, indexes: { disc: (backup: Backup) => backup.disc_id } },
  backupSchedules: {
    key: (schedule: BackupSchedule) => schedule.id,
    indexes: { disc: (schedule: BackupSchedule) => schedule.disc_id },
  },
  apiKeys: {
    key: (apiKey: ApiKey) => apiKey.id,
    indexes: { user: (apiKey: ApiKey) => apiKey.user_id, digest: (apiKey: ApiKey) => apiKey.digest },
  },
} satisfies {
  [Name in keyof Records]: Lookups<Records[Name]> & { indexes: Record<OwnerIndex<Records[Name]>, unknown> }
}

const names = Object.keys(tables) as (keyof Records)[]

/** The tables whose records belong to those of a table, and by which index. */
const belongings = (owner: keyof Records): { name: keyof Records; index: string }[] =>
  Object.values(owners)
    .filter(({ table }) => table === owner)
    .flatMap(({ index }) =>
      names.filter((name) => index in tables[name].indexes).map((name) => ({ name, index })),
    )

/**
 * Tables as others use them: the store removes records, with what belongs to them. With a generic name, TypeScript finds
 * the kind of record in `Tables`, but not in `Store`.
 */
export type Tables = {
  [Name in keyof Records]: Pick<
    Table<Records[Name], keyof (typeof tables)[Name]['indexes'] & string>,
    'get' | 'all' | 'by' | 'count' | 'put' | 'nextId' | 'lastId'
  >
}

/** A table whose kind of record does not matter, for loops over all tables. */
type AnyTable = Pick<Table<object>, 'put' | 'clear' | 'all' | 'lastId'>

/** All records of BigV: tables with transactions. */
export type Store = Tables & {
  /** The tables by name. */
  tables: Record<keyof Records, AnyTable>
  /** Removes the record of that key with everything that belongs to it; nothing happens when there is none. */
  remove(table: keyof Records, key: Key): void
  /** Calls `listener` with the changes of each transaction after it ends. */
  onCommit(listener: (changes: readonly Change[]) => void): void
  /** Runs `work`, and undoes its changes if it throws. Returns its result. */
  transaction<T>(work: () => T): T
}

export const createStore = (): Store => {
  const pending: Change[] = []
  const listeners: ((changes: readonly Change[]) => void)[] = []
  let depth = 0
  let undoing = false

  const commit = (): void => {
    if (pending.length === 0) return
    const changes = pending.splice(0)
    for (const listener of listeners) listener(changes)
  }
  const changed = (change: Change): void => {
    if (undoing) return
    pending.push(change)
    if (depth === 0) commit()
  }
  const made = Object.fromEntries(
    names.map((name) => [name, new Table(name, tables[name] as unknown as Lookups<object>, changed)]),
  ) as Record<keyof Records, Table<object, string>>
  const remove = (table: keyof Records, key: Key): void => {
    for (const { name, index } of belongings(table))
      for (const record of made[name].by(index, key)) remove(name, made[name].keyOf(record))
    made[table].remove(key)
  }
  const undo = (changes: readonly Change[]): void => {
    undoing = true
    for (const { table, key, before } of changes.toReversed()) {
      if (before) made[table].put(before)
      else made[table].remove(key)
    }
    undoing = false
  }

  const transaction = <T>(work: () => T): T => {
    depth += 1
    const start = pending.length
    try {
      return work()
    } catch (error) {
      undo(pending.splice(start))
      throw error
    } finally {
      depth -= 1
      if (depth === 0) commit()
    }
  }

  return {
    ...(made as unknown as Tables),
    tables: made,
    onCommit: (listener) => void listeners.push(listener),
    remove: (table, key) => transaction(() => remove(table, key)),
    transaction,
  }
}
