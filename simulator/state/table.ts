export type Key = number | string

/** One record put (`after` set) or removed (`after` undefined). */
export type Change = { table: string; key: Key; before: object | undefined; after: object | undefined }

type Options<T, Index extends string> = {
  name: string
  key: (record: T) => Key
  indexes: Record<Index, (record: T) => Key | null>
  changed: (change: Change) => void
}

/**
 * Records by their key, and by as many other properties as are looked up. Records are never changed in place: a new one
 * is put over the old, so that a record's identity says whether it is still the same.
 */
export class Table<T extends object, Index extends string = never> {
  readonly name: string
  readonly #records = new Map<Key, T>()
  readonly #indexes = new Map<Index, Map<Key, Map<Key, T>>>()
  readonly #options: Options<T, Index>
  #lastId = 0

  constructor(options: Options<T, Index>) {
    this.name = options.name
    this.#options = options
    for (const index of Object.keys(options.indexes) as Index[]) this.#indexes.set(index, new Map())
  }

  get size(): number {
    return this.#records.size
  }

  /** The highest number ever given out: numbers are not used twice, not even after a purge. */
  get lastId(): number {
    return this.#lastId
  }

  set lastId(id: number) {
    this.#lastId = Math.max(this.#lastId, id)
  }

  /** Returns a number that no record of this table has had. */
  nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  /** Returns the key under which a record is kept. */
  keyOf(record: T): Key {
    return this.#options.key(record)
  }

  /** Returns the record of that key, if there is one. */
  get(key: Key): T | undefined {
    return this.#records.get(key)
  }

  /** Returns the records, in the order in which they were first put. */
  all(): IterableIterator<T> {
    return this.#records.values()
  }

  /** Returns the records whose indexed property is `key`, in the order in which they got it. */
  by(index: Index, key: Key): T[] {
    return [...(this.#indexes.get(index)?.get(key)?.values() ?? [])]
  }

  /** Returns how many records have that indexed property. */
  count(index: Index, key: Key): number {
    return this.#indexes.get(index)?.get(key)?.size ?? 0
  }

  /** Adds a record, or replaces the one of the same key, and returns it. */
  put<R extends T>(record: R): R {
    const key = this.#options.key(record)
    const before = this.#records.get(key)
    this.#records.set(key, record)
    if (typeof key === 'number') this.lastId = key
    for (const [index, places] of this.#indexes) this.#reindex(index, places, key, before, record)
    this.#options.changed({ table: this.name, key, before, after: record })
    return record
  }

  /** Removes the record of that key; nothing happens when there is none. */
  remove(key: Key): void {
    const before = this.#records.get(key)
    if (!before) return
    this.#records.delete(key)
    for (const [index, places] of this.#indexes) this.#reindex(index, places, key, before, undefined)
    this.#options.changed({ table: this.name, key, before, after: undefined })
  }

  #reindex(
    index: Index,
    places: Map<Key, Map<Key, T>>,
    key: Key,
    before: T | undefined,
    after: T | undefined,
  ): void {
    const property = this.#options.indexes[index]
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
