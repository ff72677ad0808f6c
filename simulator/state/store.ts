import type { Account, ApiKey, Group, Id, Ip, Machine, PartName, Records, User } from './records.ts'

/** A name in the form used for comparisons: names are case-insensitive, like host names. */
export const lowerCase = (name: string): string => name.toLowerCase()

/** The index key of a group's or machine's name within its parent. */
export const nameKey = (parent: number, name: string): string => `${parent}/${lowerCase(name)}`

type Key = number | string

/** A change to a record: added if `before` is undefined, removed if `after` is undefined, otherwise replaced. */
export type Change = {
  table: keyof Records
  key: Key
  before: object | undefined
  after: object | undefined
}

/** How a table's records are looked up: by their key, or by the other indexed properties. */
type Lookups<T, Index extends string = string> = {
  key: (record: T) => Key
  indexes: Record<Index, (record: T) => Key | null>
}

/**
 * Records of one kind. A change replaces the record with a new object, so a record that is still the same object has not
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

  /** The records whose indexed property has the value `key`, in the order in which they got that value. */
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

  /** Adds a record, or replaces the record with the same key. Returns the new record. */
  put<R extends T>(record: R): R {
    const key = this.#lookups.key(record)
    const before = this.#records.get(key)
    this.#records.set(key, record)
    if (typeof key === 'number') this.lastId = key
    for (const [index, places] of this.#indexes) this.#reindex(index, places, key, before, record)
    this.#changed({ table: this.#name, key, before, after: record })
    return record
  }

  /** Removes the record with the given key, if any. */
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
 * Each index by a record's owner, with the property that has the owner's id, and the owner's table. Every record with such
 * a property is in the index, and is removed with its owner.
 */
const owners = {
  account: { property: 'account_id', table: 'accounts' },
  group: { property: 'group_id', table: 'groups' },
  machine: { property: 'virtual_machine_id', table: 'machines' },
  disc: { property: 'disc_id', table: 'discs' },
  nic: { property: 'nic_id', table: 'nics' },
  user: { property: 'user_id', table: 'users' },
  apiKey: { property: 'api_key_id', table: 'apiKeys' },
} as const satisfies Record<string, { property: string; table: keyof Records }>

type Owner = keyof typeof owners
type OwnerOf<T> = { [Name in Owner]: (typeof owners)[Name]['property'] extends keyof T ? Name : never }[Owner]

/** A table's key, unless it is `id`, and its indexes besides those by owner. */
type Row<T> = { indexes?: Record<string, (record: T) => Key> } & (T extends { id: Id }
  ? object
  : { key: (record: T) => Key })

/** Every table, in the order of the state file. */
const tables = {
  accounts: { indexes: { name: (account: Account) => lowerCase(account.name) } },
  groups: { indexes: { name: (group: Group) => nameKey(group.account_id, group.name) } },
  machines: {
    indexes: {
      name: (machine: Machine) => nameKey(machine.group_id, machine.name),
      anywhere: (machine: Machine) => lowerCase(machine.name),
    },
  },
  discs: {},
  nics: {},
  ips: { key: (ip: Ip) => ip.address },
  users: { indexes: { username: (user: User) => lowerCase(user.username) } },
  privileges: {},
  backups: {},
  backupSchedules: {},
  apiKeys: { indexes: { digest: (apiKey: ApiKey) => apiKey.digest } },
} satisfies { [Name in keyof Records]: Row<Records[Name]> }

const names = Object.keys(tables) as (keyof Records)[]

const ownerIndexes = Object.fromEntries(
  Object.entries(owners).map(([index, { property }]) => [
    index,
    (record: object) => (record as Partial<Record<string, Id | null>>)[property] ?? null,
  ]),
)

const lookupsOf = (row: Partial<Lookups<object>>): Lookups<object> => ({
  key: row.key ?? ((record) => (record as { id: Id }).id),
  indexes: { ...ownerIndexes, ...row.indexes },
})

type IndexOf<Name extends keyof Records> =
  | OwnerOf<Records[Name]>
  | ((typeof tables)[Name] extends { indexes: infer Indexes } ? keyof Indexes & string : never)

/** A table as other files see it, without `remove`: only the store removes records, together with the records they own. */
type Public<T extends object, Index extends string> = Pick<
  Table<T, Index>,
  'get' | 'all' | 'by' | 'count' | 'put' | 'nextId' | 'lastId'
>
type Tables = { [Name in keyof Records]: Public<Records[Name], IndexOf<Name>> }

/**
 * The tables of machines' parts. If the table's name is generic, TypeScript can infer the type of its records only from
 * this type.
 */
export type PartTables = { [Name in PartName]: Public<Records[Name], 'machine'> }

/** A table with any kind of record, for loops over all tables. */
type AnyTable = Pick<Table<object>, 'put' | 'clear' | 'all' | 'lastId'>

/** All records of BigV: tables with transactions. */
export type Store = Tables & {
  /** The tables by name. */
  tables: Record<keyof Records, AnyTable>
  /** Removes the record with the given key, if any, and all records it owns. */
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
    names.map((name) => [
      name,
      new Table(name, lookupsOf(tables[name] as Partial<Lookups<object>>), changed),
    ]),
  ) as Record<keyof Records, Table<object, string>>
  const remove = (table: keyof Records, key: Key): void => {
    for (const [index] of Object.entries(owners).filter(([, owner]) => owner.table === table))
      for (const other of names)
        for (const record of made[other].by(index, key)) remove(other, made[other].keyOf(record))
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
